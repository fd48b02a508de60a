/* The ballot: one statement at a time, also while the server cannot be reached.

   The cards come with the page, in a template, the same for everybody; beside them, what this voice
   has answered. All of them, or in a very long round those around the one in front, and links lead
   to the others. A tap puts the vote into the outbox and shows the
   next card at once; the line above the buttons tells what has become of it. Without this module
   the same form is sent and the page moves on by itself. */

import { newKey, outbox } from "./outbox.js";

const ballot = document.querySelector("[data-ballot]");
const OUT = ["elsewhere", "gone"]; // refused for good: not asked again
const WHOLE = [...OUT, "stale"]; // said in the sentence that the server brings
const form = ballot?.querySelector("[data-vote]");
if (form) start();

function start() {
  const round = ballot.dataset.ballot;
  const front = ballot.querySelector("[data-front]");
  const foot = ballot.querySelector("[data-foot]");
  const own = ballot.querySelector("[data-own]");
  const buttons = [...form.querySelectorAll("[name=stance]")];
  const segments = [...ballot.querySelectorAll("[data-segments] rect")];
  const words = ballot.querySelector("[data-words]").content;
  const done = ballot.querySelector("[data-done]").content;
  const all = ballot.querySelector("[data-cards]");
  const answers = JSON.parse(all.dataset.answers);
  const cards = [...all.content.children].map((node) => {
    const [stance, seq] = answers[node.dataset.card] ?? [null, 1]; // `seq`: what the next vote carries
    return { node, code: node.dataset.card, seq, stance, state: "sent" };
  });
  const find = (code) => cards.find((card) => card.code === code);
  const elsewhere = ballot.querySelector("#answered").value - cards.filter((card) => card.stance !== null).length;
  for (const [code, entry] of Object.entries(outbox.entries)) {
    const card = entry.round === round && find(code);
    if (card) Object.assign(card, { stance: entry.stance, seq: Math.max(card.seq, entry.seq + 1), state: "waiting" });
  }

  let here = find(ballot.dataset.here) ?? null;
  let last = null;
  let isClosed = false;
  if (here?.state === "waiting" && !new URLSearchParams(location.search).has("s")) here = unanswered(here);
  ballot.querySelector("[data-keys]").hidden = false;
  show(false);

  function word(name) {
    return (words.querySelector(`[data-word="${name}"]`) ?? word("unreadable")).cloneNode(true);
  }

  function unanswered(after) {
    const from = after ? cards.indexOf(after) + 1 : 0;
    return [...cards.slice(from), ...cards.slice(0, from)].find((card) => card.stance === null && !OUT.includes(card.state)) ?? null;
  }

  function go(card, isNew = true) {
    here = card;
    if (isNew) history.pushState({ card: card?.code ?? "" }, "", card ? `?s=${card.code}` : location.pathname);
    show(true);
  }

  function show(isMoved) {
    const shown = front.firstElementChild?.dataset.card;
    if (!here || shown !== here.code) front.replaceChildren(here ? here.node.cloneNode(true) : done.cloneNode(true));
    foot.hidden = !here;
    form.hidden = isClosed;
    if (here) {
      form.statement.value = here.code;
      form.seq.value = here.seq;
      const at = cards.indexOf(here);
      for (const link of ballot.querySelectorAll("[data-step]")) {
        const step = Number(link.dataset.step);
        const code = cards[at + step]?.code || ballot.dataset[step < 0 ? "before" : "after"];
        link.hidden = !code;
        if (code) link.href = `?s=${code}`;
      }
    }
    tell();
    if (isMoved) {
      window.scrollTo({ top: 0 });
      front.querySelector("[data-focus-here]")?.focus({ preventScroll: true });
    }
  }

  function tell() {
    const n = elsewhere + cards.filter((card) => card.stance !== null).length;
    ballot.querySelector("[data-answered]").textContent = n;
    ballot.querySelector("#answered").value = n;
    const pressed = here && here.stance !== null ? String(here.stance) : "";
    segments.forEach((segment, at) => {
      const card = cards[at];
      segment.setAttribute("class", card === here ? "is-here" : card.stance !== null ? "is-answered" : "");
    });
    buttons.forEach((button) => {
      if (button.value === pressed) button.setAttribute("aria-pressed", "true");
      else button.removeAttribute("aria-pressed");
    });
    const about = here && (here.stance !== null || here.state !== "sent") ? here : last;
    own.replaceChildren();
    if (!about) return;
    const name = document.createElement("span");
    const isWhole = WHOLE.includes(about.state);
    if (about !== here) name.textContent = about.node.querySelector("[data-name]").textContent;
    else if (!isWhole) name.append(word("own"));
    own.append(name);
    if (about.stance !== null && !isWhole) own.append(" ", word(about.stance));
    own.append(" ", isWhole ? about.said : word(about.state));
    own.dataset.state = about.state;
  }

  function vote(stance) {
    const card = here;
    if (!card || isClosed) return;
    const entry = { round, url: form.action, stance, seq: card.seq, key: newKey() };
    Object.assign(card, { stance, seq: card.seq + 1, state: "waiting" });
    last = card;
    outbox.put(card.code, entry);
    go(unanswered(card));
  }

  form.addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.name !== "stance") return;
    event.preventDefault();
    vote(Number(event.submitter.value));
  });

  ballot.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step]");
    if (!link || event.ctrlKey || event.metaKey) return;
    const there = cards[cards.indexOf(here) + Number(link.dataset.step)];
    if (!there) return; // on another page of the ballot
    event.preventDefault();
    go(there);
  });

  window.addEventListener("popstate", () => {
    const code = new URLSearchParams(location.search).get("s");
    go(find(code) ?? unanswered(null), false);
  });

  outbox.addEventListener("change", ({ detail: { statement, outcome, state } }) => {
    const card = find(statement);
    if (!card) return;
    const isNewer = outbox.entry(statement);
    if (isNewer) return;
    if (outcome === "sent" || outcome === "stale") {
      Object.assign(card, { stance: state.stance, seq: state.seq + 1, state: outcome, said: state.said });
    } else {
      Object.assign(card, { stance: null, state: outcome, said: state?.said });
      if (outcome === "closed") close();
    }
    if (outcome !== "sent") go(card);
    else tell();
  });

  /* The small piece above the ballot has learnt that the round is closed. */
  ballot.addEventListener("majlis:live", () => {
    const closedNow = Boolean(ballot.querySelector("[data-closed]"));
    if (closedNow === isClosed) return;
    if (closedNow) close();
    else { isClosed = false; show(false); }
  });

  function close() {
    isClosed = true;
    show(false);
  }

  const KEYS = { Digit1: 1, Numpad1: 1, Digit2: -1, Numpad2: -1, Digit3: 0, Numpad3: 0 };
  ballot.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.code in KEYS) vote(KEYS[event.code]);
    else if (event.code === "KeyN") ballot.querySelector('[data-step="1"]:not([hidden])')?.click();
    else if (event.code === "KeyB") ballot.querySelector('[data-step="-1"]:not([hidden])')?.click();
    else return;
    event.preventDefault();
  });
}
