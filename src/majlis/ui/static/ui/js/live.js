/* <section data-live="/live/…" data-live-from="/en/…"> keeps itself up to date.

   `data-live` is a stream of hints ("revision N"); on a hint, and every few seconds while there is
   no stream, the piece is asked for again from `data-live-from` with its ETag and replaced when it
   has changed. `data-live-every` is the pause in seconds without a stream (5). A piece in which
   somebody is typing waits. Where the piece is all of the page (`data-live-whole`), the page is
   loaded again when the address of the piece has ended, so that it says so. Sends `majlis:live` on
   the element after each change, and `majlis:back` when a stream that was lost is open again. */

const WITH_STREAM = 30;

class Live {
  constructor(element) {
    this.element = element;
    this.etag = element.dataset.liveEtag || "";
    this.every = Number(element.dataset.liveEvery || 5);
    this.isOpen = false;
    this.isAsking = false;
    this.isWanted = false;
    this.listen();
    this.wait();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.ask(); });
    window.addEventListener("online", () => this.ask());
  }

  listen() {
    if (!this.element.dataset.live || !window.EventSource) return;
    this.stream = new EventSource(this.element.dataset.live);
    this.stream.onopen = () => {  // the first hint comes at once
      this.isOpen = true;
      if (this.wasLost) this.tell("majlis:back");
    };
    this.stream.onmessage = () => this.ask();
    this.stream.onerror = () => {
      this.isOpen = false;
      this.wasLost = true;
      if (this.stream.readyState === EventSource.CLOSED) setTimeout(() => this.alive && this.listen(), 45000 + 30000 * Math.random());
    };
  }

  get alive() { return this.element.isConnected; }

  get isBusy() {
    const active = document.activeElement;
    return active && this.element.contains(active) && active.matches("input:not([type=button]), textarea, select");
  }

  wait() {
    const pause = (this.isOpen ? WITH_STREAM : this.every) * 1000 * (0.9 + Math.random() * 0.2);
    setTimeout(() => {
      if (!this.alive) { this.stream?.close(); return; }
      if (!document.hidden) this.ask();
      this.wait();
    }, pause);
  }

  async ask() {
    if (this.isAsking) { this.isWanted = true; return; }
    if (!this.alive || this.isBusy) return;
    this.isAsking = true;
    try {
      const headers = { "HX-Request": "true", "HX-Target": this.element.id || "" };
      if (this.etag) headers["If-None-Match"] = this.etag;
      const answer = await fetch(this.element.dataset.liveFrom || location.href, { headers, cache: "no-store", credentials: "same-origin" });
      this.element.dataset.liveState = "fresh";
      if (answer.status === 200) {
        const html = await answer.text();
        this.etag = answer.headers.get("ETag") || "";
        if (!this.isBusy) this.put(html);
      } else if (answer.status === 404 && "liveWhole" in this.element.dataset) {
        location.reload();
      } else if (answer.status !== 304) {
        this.element.dataset.liveState = "stale";
      }
    } catch {
      this.element.dataset.liveState = "stale";
    } finally {
      this.isAsking = false;
      if (this.isWanted) { this.isWanted = false; setTimeout(() => this.ask(), 300); }
    }
  }

  put(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const same = this.element.id && holder.content.querySelector(`#${CSS.escape(this.element.id)}`);
    const piece = same ? same.innerHTML : html;
    if (piece === this.shown) return;
    this.shown = piece;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...this.element.querySelectorAll("details[open][id]")].map((d) => d.id);
    this.element.innerHTML = piece;
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focused) document.getElementById(focused)?.focus();
    window.htmx?.process(this.element);
    this.tell("majlis:live");
  }

  tell(what) { this.element.dispatchEvent(new CustomEvent(what, { bubbles: true })); }
}

const started = new WeakSet();
const start = (root) =>
  root.querySelectorAll("[data-live], [data-live-from]").forEach((element) => {
    if (started.has(element)) return;
    started.add(element);
    new Live(element);
  });
start(document);
document.addEventListener("htmx:load", (event) => event.target.parentElement && start(event.target.parentElement));
