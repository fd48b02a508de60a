/* The public programme: one's own selection, and how much of now is left. The selection is kept in
   this browser; once My page has been opened in it (front/mine.js), with the participant's place. */

const key = `majlis-programme-${location.pathname.split("/").slice(2).join("/")}`;
const buttons = [...document.querySelectorAll("[data-pick]")];
const mine = document.querySelector("[data-mine]");
const calendar = document.querySelector("[data-calendar]");
const whole = calendar?.getAttribute("href");

const joined = `${key}-joined`;
const place = document.querySelector("[data-selection]")?.dataset.selection;
let token = "";

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) || "[]"));
  } catch {  // storage is closed, or holds what is not ours
    return new Set();
  }
}

let picked = read();

function show() {
  for (const button of buttons) {
    const isPicked = picked.has(button.dataset.pick);
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isPicked));
    button.closest("[data-session]").classList.toggle("is-picked", isPicked);
  }
  if (mine) {
    mine.hidden = !picked.size;
    mine.querySelector("[data-mine-count]").textContent = `(${picked.size})`;
  }
  if (!picked.size) document.body.classList.remove("is-mine");
  mine?.setAttribute("aria-pressed", String(document.body.classList.contains("is-mine")));
  if (calendar) calendar.href = document.body.classList.contains("is-mine") ? `${whole}?only=${[...picked].join(",")}` : whole;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (button) {
    const { pick } = button.dataset;
    const isOut = picked.delete(pick);
    if (!isOut) picked.add(pick);
    keep();
    if (token) send(pick, isOut ? "out" : "in");
  }
  if (event.target.closest("[data-mine]")) {
    document.body.classList.toggle("is-mine");
    for (const fold of document.querySelectorAll(".earlier")) fold.open = document.body.classList.contains("is-mine");
    show();
  }
});

function keep() {
  try { localStorage.setItem(key, JSON.stringify([...picked])); } catch { /* for this page only */ }
  show();
}

async function told(answer) {
  if (answer.status === 404) localStorage.removeItem(joined);  // not connected any more
  if (!answer.ok) throw new Error(answer.status);
  const said = await answer.json();
  token = said.token;
  picked = new Set(said.chosen);
  keep();
}

async function send(codes, to) {
  const body = new URLSearchParams({ codes, to, csrfmiddlewaretoken: token });
  try {
    await told(await fetch(place, { method: "POST", body, headers: { Accept: "application/json" } }));
  } catch {
    if (to === "in") picked.delete(codes); else picked.add(codes);
    keep();
    document.querySelector("[data-unsaved]")?.removeAttribute("hidden");
  }
}

async function join() {
  try {
    if (place && localStorage.getItem(joined) === "true") await told(await fetch(place));
  } catch { /* offline, or no longer connected: what this browser has is shown */ }
}

window.addEventListener("storage", (event) => { if (event.key === key) { picked = read(); show(); } });

function tick() {
  for (const bar of document.querySelectorAll("[data-until]")) {
    const { from, until } = bar.dataset;
    bar.value = (Date.now() / 1000 - from) / (until - from);
    bar.hidden = false;
  }
}

show();
join();
tick();
setInterval(tick, 30000);
