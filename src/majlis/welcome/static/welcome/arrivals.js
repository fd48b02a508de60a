/* The welcome desk: the list is loaded once and searched on the device, also without a network. What
   others check in comes with the next look at the list. */

import { search } from "./fold.js";
import { Waiting } from "./waiting.js";

const SHOWN = 12;
const LOOKS = 5000; // milliseconds between two looks at the list
const place = document.querySelector("[data-arrivals]");
const { list, mark, token, box } = place.dataset;
const input = place.querySelector("[type=search]");
const found = place.querySelector("[data-found]");
const one = document.querySelector("#one-person");
const waiting = new Waiting({ name: box, url: mark, token });
let people = [];

const hasArrived = (person) => waiting.entries[person.code] ?? person.hasArrived;

const row = (person) => {
  const made = one.content.firstElementChild.cloneNode(true);
  const button = made.querySelector("button");
  const isHere = hasArrived(person);
  made.querySelector("[data-name]").textContent = person.name;
  made.querySelector("[data-more]").textContent = person.more;
  made.querySelector("[data-shape]").className = `family-mark family-${person.family}`;
  made.querySelector("a").href = place.dataset.person.replace("CODE", person.code);
  made.querySelector("[data-unconfirmed]").hidden = person.isConfirmed;
  made.querySelector("[data-here]").hidden = !isHere;
  made.querySelector("[data-waits]").hidden = !(person.code in waiting.entries);
  button.hidden = !person.isConfirmed;
  button.textContent = isHere ? button.dataset.undo : button.dataset.do;
  button.classList.toggle("button--quiet", isHere);
  button.setAttribute("aria-label", `${button.textContent}: ${person.name}`);
  button.addEventListener("click", () => waiting.put(person.code, !isHere));
  return made;
};

const show = () => {
  const typed = input.value.trim();
  const those = search(people, typed);
  const focused = document.activeElement?.closest?.("li")?.dataset.code;
  found.replaceChildren(...those.slice(0, SHOWN).map((person) => {
    const made = row(person);
    made.dataset.code = person.code;
    return made;
  }));
  if (focused) found.querySelector(`[data-code="${focused}"] button`)?.focus();
  place.querySelector("[data-none]").hidden = !typed || those.length > 0;
  place.querySelector("[data-cut]").hidden = those.length <= SHOWN;
  const door = place.querySelector("[data-door]");
  door.href = `${door.dataset.door}?name=${encodeURIComponent(typed)}`;
  const confirmed = people.filter((person) => person.isConfirmed);
  if (people.length) place.querySelector("[data-n]").textContent = confirmed.filter(hasArrived).length;
  for (const cell of place.querySelectorAll("[data-group]")) {
    const inGroup = confirmed.filter(({ group }) => group === cell.dataset.group);
    if (people.length) cell.textContent = inGroup.filter(hasArrived).length;
  }
  const n = Object.keys(waiting.entries).length;
  place.querySelector("[data-offline]").hidden = !n || !waiting.failures;
  place.querySelector("[data-n-waiting]").textContent = n;
};

const look = async () => {
  try {
    const answer = await fetch(list, { credentials: "same-origin", cache: "no-cache", headers: { Accept: "application/json" } });
    if (answer.ok) people = await answer.json();
  } catch { /* what was loaded stays */ }
  show();
};

waiting.addEventListener("change", ({ detail }) => {
  const person = people.find(({ code }) => code === detail?.code);
  if (person && !detail.isRefused) person.hasArrived = detail.hasArrived;
  if (detail?.isRefused) place.querySelector("[data-refused]").hidden = false;
  show();
});
input.addEventListener("input", show);
input.form.addEventListener("submit", (event) => { if (people.length) { event.preventDefault(); show(); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
setInterval(() => { if (!document.hidden) look(); }, LOOKS);
await look();
waiting.send();
