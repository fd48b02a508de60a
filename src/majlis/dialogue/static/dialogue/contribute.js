/* The form of a contribution: a draft kept on this phone until it has arrived, a counter, the
   direction of the text, the rule of the chosen session. Without it the form works as well. */

const store = {
  get(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
  /* Whether it was kept: storage may be full or forbidden. */
  set(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
  remove(name) { try { localStorage.removeItem(name); } catch { /* forbidden */ } },
};
const nameOf = (edition) => `majlis-draft-${edition}`;
let isOnlyHere = false; // words that storage did not take: leaving the page would lose them
const KEPT = ["words", "language", "kind", "session", "theme", "challenge", "only_statement"];

function keep(form) {
  const draft = { key: form.elements.key.value };
  for (const name of KEPT) {
    const field = form.elements[name];
    draft[name] = field.type === "checkbox" ? field.checked : field.value;
  }
  isOnlyHere = Boolean(draft.words.trim()) && !store.set(nameOf(form.dataset.draft), draft);
  if (!draft.words.trim()) store.remove(nameOf(form.dataset.draft));
}

function restore(form) {
  const draft = store.get(nameOf(form.dataset.draft));
  if (!draft || form.elements.words.value) return;
  for (const name of KEPT) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = Boolean(draft[name]);
    else if (name !== "session" || [...field.options].some((o) => o.value === draft[name])) field.value = draft[name] ?? "";
  }
  form.elements.key.value = draft.key || form.elements.key.value;
  const note = form.querySelector("[data-draft-note]");
  note.firstElementChild.textContent = form.dataset.draftKept;
  note.hidden = false;
}

function count(form) {
  const area = form.elements.words;
  const told = form.querySelector("[data-count-for]");
  const left = Number(area.dataset.most) - [...area.value.trim()].length;
  const words = left < 0 ? told.dataset.countOver : told.dataset.countLeft;
  told.textContent = words.replace("{n}", Math.abs(left));
  told.classList.toggle("error", left < 0);
  area.setAttribute("aria-invalid", left < 0 ? "true" : "false");
}

function turn(form) {
  const area = form.elements.words;
  area.lang = form.elements.language.value;
  area.dir = area.lang === "ar" ? "rtl" : "ltr";
}

function tellRule(form) {
  const option = form.elements.session.selectedOptions[0];
  const rule = option?.dataset.rule;
  const shown = form.elements.rule_shown;
  if (!rule || !shown) return;
  form.querySelectorAll("[data-rules] > [data-rule]").forEach((said) => { said.hidden = said.dataset.rule !== rule; });
  shown.value = rule;
}

function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  if (form.dataset.draft) restore(form);
  count(form);
  turn(form);
  tellRule(form);
  form.addEventListener("input", () => { count(form); if (form.dataset.draft) keep(form); });
  form.addEventListener("change", (event) => {
    if (event.target.name === "language") turn(form);
    if (event.target.name === "session") {
      tellRule(form);
      const theme = event.target.selectedOptions[0]?.dataset.theme;
      if (theme && form.elements.theme) form.elements.theme.value = theme;
    }
    if (form.dataset.draft) keep(form);
  });
  form.addEventListener("submit", () => { isOnlyHere = false; });
  form.addEventListener("htmx:sendError", () => { if (form.dataset.draft) keep(form); });
}

/* The list shows what has arrived: a draft with the same words is done with. */
function clear() {
  for (const card of document.querySelectorAll("[data-sent-words]")) {
    const name = nameOf(card.dataset.sentWords);
    const draft = store.get(name);
    const said = card.querySelector("[data-words]");
    if (draft && said && said.innerText.replace(/\s+/g, " ").trim() === draft.words.replace(/\s+/g, " ").trim()) store.remove(name);
  }
}

window.addEventListener("beforeunload", (event) => {
  if (!isOnlyHere) return;
  event.preventDefault();
  event.returnValue = ""; // older browsers ask for this
});

const begin = (root) => root.querySelectorAll("form[data-draft], form[data-counted]").forEach(start);
begin(document);
clear();
document.addEventListener("htmx:load", (event) => event.target.parentElement && begin(event.target.parentElement));
