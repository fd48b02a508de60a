/* Check-ins on their way to the server: kept on the device until the server has answered.

   One entry per person, the last press; a lost connection or a page closed too early loses none, and
   sending one twice changes nothing. Sent again on load, when the connection is back, and by a timer. */

const PAUSES = [1500, 3000, 6000, 12000, 20000];
const PATIENCE = 10000;

export class Waiting extends EventTarget {
  constructor({ name, url, token }) {
    super();
    Object.assign(this, { name: `majlis-arrivals-${name}`, url, token, failures: 0, memory: null });
    addEventListener("online", () => this.send());
    addEventListener("pageshow", () => this.send());
  }

  get entries() {
    if (this.memory) return this.memory;
    try { return JSON.parse(localStorage.getItem(this.name)) || {}; } catch { return {}; }
  }

  set entries(entries) {
    try {
      if (Object.keys(entries).length) localStorage.setItem(this.name, JSON.stringify(entries));
      else localStorage.removeItem(this.name);
      this.memory = null;
    } catch { this.memory = entries; }
  }

  put(code, hasArrived) {
    this.entries = { ...this.entries, [code]: hasArrived };
    this.dispatchEvent(new Event("change"));
    return this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.isSending) return;
    this.isSending = true;
    let code;
    while ((code = Object.keys(this.entries)[0])) {
      const wanted = this.entries[code];
      const said = await this.post(code, wanted);
      if (said === null) break; // nobody is there: the others wait as well
      const left = this.entries;
      if (left[code] === wanted) delete left[code]; // else it was pressed again meanwhile
      this.entries = left;
      this.failures = 0;
      this.dispatchEvent(new CustomEvent("change", { detail: { code, ...said } }));
    }
    this.isSending = false;
    if (!code) return;
    this.failures += 1;
    this.dispatchEvent(new Event("change"));
    this.timer = setTimeout(() => this.send(), PAUSES[Math.min(this.failures, PAUSES.length) - 1]);
  }

  /* What the server says of one, or null while it does not answer. */
  async post(code, hasArrived, isSecondTry = false) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(this.url.replace("CODE", code).replace("VERB", hasArrived ? "arrived" : "not-arrived"), {
        method: "POST", signal: stop.signal, credentials: "same-origin", redirect: "error", cache: "no-store",
        headers: { Accept: "application/json", "X-CSRFToken": this.token },
      });
      if (answer.status === 403 && !isSecondTry) return (await this.renew()) ? this.post(code, hasArrived, true) : null;
      if (answer.status === 404 || answer.status === 409) return { isRefused: true };
      const said = answer.status === 200 ? await answer.json() : null; // a hotel's sign-in page is not JSON
      return said?.code === code ? said : null;
    } catch {
      return null;
    } finally {
      clearTimeout(clock);
    }
  }

  /* The page was open longer than its form is good for: take the token of a fresh copy. */
  async renew() {
    const page = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    const token = /data-token="([A-Za-z0-9]+)"/.exec(await page.text())?.[1];
    if (token) this.token = token;
    return Boolean(token);
  }
}
