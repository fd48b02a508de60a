/* The ballot of a rating: a tap puts the answer into the outbox and shows it at once; the line under
   the buttons tells what has become of it. Digits rate what has the focus. In a ranking a place that
   is given again leaves the option that had it. Without this module each button sends its form. */

import { newKey, outbox } from "../dialogue/outbox.js";

const page = document.querySelector("[data-rating]");
if (page?.querySelector("[data-ask]")) start();

function start() {
  const rating = page.dataset.rating;
  const isRanking = "ranking" in page.dataset;
  const words = page.querySelector("[data-words]").content;
  const asks = [...page.querySelectorAll("[data-ask]")].map((form) => ({
    form,
    code: form.statement.value,
    buttons: [...form.querySelectorAll("[name=stance]")],
    own: form.querySelector("[data-own]"),
    number: form.querySelector("[aria-pressed]")?.value ?? null,
    seq: Number(form.seq.value),
    isOut: false,
  }));
  const find = (code) => asks.find((ask) => ask.code === code);
  for (const [code, entry] of Object.entries(outbox.entries)) {
    const ask = entry.round === rating && find(code);
    if (ask) {
      Object.assign(ask, { number: String(entry.stance), seq: Math.max(ask.seq, entry.seq + 1) });
      tell(ask, "waiting");
    }
  }
  count();

  function word(name) {
    return (words.querySelector(`[data-word="${name}"]`) ?? words.querySelector("[data-word=unreadable]")).cloneNode(true);
  }

  function tell(ask, state, said = "") {
    for (const button of ask.buttons) {
      if (button.value === ask.number) button.setAttribute("aria-pressed", "true");
      else button.removeAttribute("aria-pressed");
      button.disabled = ask.isOut;
    }
    ask.form.seq.value = ask.seq;
    ask.own.replaceChildren(said || word(state));
    ask.own.dataset.state = state;
    count();
  }

  function count() {
    const options = [...page.querySelectorAll("[data-option]")];
    const done = options.filter((one) => [...one.querySelectorAll("[data-ask]")].every((form) => form.querySelector("[aria-pressed]")));
    page.querySelector("[data-answered]").textContent = done.length;
    page.querySelector("[data-all-done]").hidden = done.length < options.length;
  }

  function rate(ask, number) {
    if (ask.isOut) return;
    if (isRanking && Number(number) > 0) {
      for (const other of asks) if (other !== ask && other.number === number) put(other, "0");
    }
    put(ask, number);
  }

  function put(ask, number) {
    const entry = { round: rating, url: ask.form.action, stance: Number(number), seq: ask.seq, key: newKey() };
    ask.number = number;
    ask.seq += 1;
    tell(ask, "waiting");
    outbox.put(ask.code, entry);
  }

  page.addEventListener("submit", (event) => {
    const ask = asks.find(({ form }) => form === event.target);
    if (!ask || event.submitter?.name !== "stance") return;
    event.preventDefault();
    rate(ask, event.submitter.value);
  });

  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const ask = asks.find(({ form }) => form.contains(event.target));
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
    const button = ask && digit && ask.buttons.find((one) => one.value === digit);
    if (!button) return;
    event.preventDefault();
    button.focus();
    rate(ask, digit);
  });

  outbox.addEventListener("change", ({ detail: { statement, outcome, state } }) => {
    const ask = find(statement);
    if (!ask || outbox.entry(statement)) return;
    if (outcome === "sent" || outcome === "stale") {
      Object.assign(ask, { number: String(state.stance), seq: state.seq + 1 });
      tell(ask, outcome === "sent" ? "sent" : "stale", outcome === "stale" ? state.said : "");
    } else {
      Object.assign(ask, { number: null, isOut: outcome !== "unreadable" });
      tell(ask, outcome, outcome === "elsewhere" ? state?.said : "");
    }
  });

  /* The small piece at the top has learnt that the rating is closed, or open again. */
  page.addEventListener("majlis:live", () => {
    const isClosed = Boolean(page.querySelector("[data-closed]"));
    for (const ask of asks) for (const button of ask.buttons) button.disabled = isClosed;
  });
}
