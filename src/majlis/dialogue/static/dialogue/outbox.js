/* Votes on their way to the server: kept on the phone until the server has answered.

   One entry per statement in localStorage, so that a page closed too early, a lost connection or a
   server that was killed loses none. An entry carries `seq` and a random `key`: sending it twice
   is one vote. Sent again on load, when the connection or the page comes back, and by a timer.
   Where several of one round wait, they are sent in one go, and those that want words one by one.
   Works without a secure context (a plain-http address in a local network): no service worker, no
   randomUUID. What storage will not take is sent from memory; the page says so, and asks before it is
   left. `<… data-outbox="name" data-token="csrf">` tells of what waits.
   Events of `outbox`: "change" {statement, entry, outcome, state}: sent, or why it was refused:
   stale, closed, elsewhere, gone, unreadable. What comes too fast ("later") waits. */

const place = document.querySelector("[data-outbox]");
const NAME = `majlis-votes-${place?.dataset.outbox}`;
const PAUSES = [1500, 3000, 6000, 12000, 20000];
const PATIENCE = 10000;
const AT_ONCE = 60; // votes in one go
const ALONE = [400, 404, 429, 500]; // the server is there; another entry may fare better

let memory = null; // what storage would not take, full or refused: kept while the page is open
const read = () => {
  if (memory) return memory;
  try { return JSON.parse(localStorage.getItem(NAME)) || {}; } catch { return {}; }
};
const write = (entries) => {
  try {
    if (Object.keys(entries).length) localStorage.setItem(NAME, JSON.stringify(entries));
    else localStorage.removeItem(NAME);
    memory = null;
  } catch { memory = entries; }
};

export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

class Outbox extends EventTarget {
  constructor() {
    super();
    this.token = place?.dataset.token || "";
    this.isSending = false;
    this.isWanted = false;
    this.failures = 0;
    this.later = ""; // why the server wants no more for now
    window.addEventListener("online", () => this.send());
    window.addEventListener("pageshow", () => this.send());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isOnlyHere) return;
      event.preventDefault();
      event.returnValue = ""; // older browsers ask for this
    });
    document.addEventListener("majlis:back", () => this.send()); // the stream of hints is open again
    window.addEventListener("storage", (event) => { if (event.key === NAME) this.tell(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.send(); });
    this.tell();
    this.send();
  }

  get entries() { return read(); }

  /* Whether answers wait that this page alone has, since storage is full or refuses. */
  get isOnlyHere() { return Object.keys(memory ?? {}).length > 0; }

  entry(statement) { return read()[statement]; }

  put(statement, entry) {
    write({ ...read(), [statement]: entry });
    this.tell();
    this.send();
  }

  /* The entry has its answer, here or in another tab; a newer one for the same statement stays. */
  settle(statement, entry, outcome, facts) {
    const entries = read();
    if ((entries[statement] ?? entry).key !== entry.key) return;
    delete entries[statement];
    write(entries);
    this.tell(outcome);
    this.dispatchEvent(new CustomEvent("change", { detail: { statement, entry, outcome, ...facts } }));
  }

  async send() {
    clearTimeout(this.timer);
    if (this.isSending) { this.isWanted = true; return; }
    this.isSending = true;
    let arrived = true;
    this.isUnknown = false;
    this.later = "";
    if (Object.keys(read()).length > 1) arrived = await this.postTogether();
    for (const [statement, entry] of arrived ? Object.entries(read()) : []) {
      const isTaken = await this.post(statement, entry);
      arrived &&= isTaken;
      if (!isTaken && !this.isAlone) break; // no connection: the others wait as well
    }
    this.isSending = false;
    this.failures = arrived ? 0 : this.failures + 1;
    this.tell();
    const waits = Object.keys(read()).length;
    if (this.isWanted && arrived) { this.isWanted = false; this.send(); return; }
    this.isWanted = false;
    if (waits) {
      const pause = PAUSES[Math.min(Math.max(this.failures - 1, 0), PAUSES.length - 1)];
      this.timer = setTimeout(() => this.send(), pause * (0.8 + Math.random() * 0.4));
    }
  }

  /* What waits for one address, in one go; whatever is not simply taken is left to `post`. False
     when nobody is there to take anything. */
  async postTogether() {
    const waiting = Object.entries(read());
    const together = waiting.filter(([, entry]) => entry.url === waiting[0][1].url).slice(0, AT_ONCE);
    try {
      const answer = await this.ask(together[0][1].url, together);
      const states = answer.status === 200 ? await answer.json() : [];
      together.forEach(([statement, entry], at) => {
        if (states[at]?.statement === statement) this.settle(statement, entry, "sent", { state: states[at] });
      });
      return answer.status !== 503;
    } catch {
      return false;
    }
  }

  async ask(url, entries) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    const fields = entries.flatMap(([statement, { stance, seq, key }]) =>
      Object.entries({ statement, stance, seq, key, box: place.dataset.outbox }));
    try {
      return await fetch(url, {
        method: "POST", body: new URLSearchParams(fields), signal: stop.signal, credentials: "same-origin",
        cache: "no-store", redirect: "error", headers: { Accept: "application/json", "X-CSRFToken": this.token },
      });
    } finally {
      clearTimeout(clock);
    }
  }

  /* True when the server has answered this entry, whatever it said. */
  async post(statement, entry, isSecondTry = false) {
    this.isAlone = false;
    try {
      const answer = await this.ask(entry.url, [[statement, entry]]);
      if (answer.status === 403 && !isSecondTry) return (await this.renew()) && this.post(statement, entry, true);
      this.isAlone = ALONE.includes(answer.status);
      this.isUnknown ||= answer.status === 404;
      if (![200, 409, 422, 429].includes(answer.status)) return false;
      const state = await answer.json(); // a hotel's sign-in page is not JSON: not arrived
      if (answer.status === 429) { this.later = state.said; return false; }
      if (answer.status === 200 && state.statement === statement) this.settle(statement, entry, "sent", { state });
      else if (state.refused) this.settle(statement, entry, state.refused, { state });
      else return false;
      return true;
    } catch {
      return false;
    }
  }

  /* The page was open longer than its form is good for: take the token of a fresh copy. */
  async renew() {
    const page = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    const token = /data-token="([A-Za-z0-9]+)"/.exec(await page.text())?.[1];
    if (token) this.token = token;
    return Boolean(token);
  }

  tell(outcome) {
    if (!place) return;
    const n = Object.keys(read()).length;
    place.querySelector("[data-waiting]").textContent = n;
    place.querySelector("[data-some-wait]").hidden = !n || !this.failures;
    place.querySelector("[data-when]").hidden = Boolean(this.later);
    place.querySelector("[data-later]").textContent = this.later;
    place.querySelector("[data-only-here]").hidden = !this.isOnlyHere;
    place.querySelector("[data-unknown]").hidden = !n || !this.isUnknown;
    place.querySelector("[data-saved]").hidden = this.isOnlyHere;
    if (outcome === "closed") place.querySelector("[data-too-late]").hidden = false;
    place.hidden = ![...place.children].some((notice) => !notice.hidden);
  }
}

export const outbox = new Outbox();
