/* A phone for tests: storage, a clock, a server that can be gone, and as much of a page as the
   modules of voting ask for. `phone()` loads the modules afresh, as opening the page does. */

import { webcrypto } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const MODULES = fileURLToPath(new URL("../../src/majlis/dialogue/static/dialogue", import.meta.url));

export class Storage {
  kept = new Map();
  isFull = false;
  getItem(name) { return this.kept.get(name) ?? null; }
  setItem(name, text) {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.kept.set(name, text);
  }
  removeItem(name) { this.kept.delete(name); }
}

/* Answers as `dialogue.views.participant_votes` does; `fails` stands for what is between. */
export class Server {
  posts = [];
  asked = []; // how many votes came in each request
  votes = {}; // by statement: the standing vote
  token = "old";
  isOpen = true;
  fails = null;

  async fetch(url, { method = "GET", body, headers } = {}) {
    if (this.fails === "gone") throw new TypeError("fetch failed");
    if (method === "GET") return answer(200, `<div data-token="${this.token}">`);
    const votes = [];
    for (const [name, value] of body) {
      if (name === "statement") votes.push({});
      votes.at(-1)[name] = value;
    }
    this.posts.push(...votes);
    this.asked.push(votes.length);
    if (typeof this.fails === "number") return answer(this.fails, "");
    if (this.fails === "sign-in") return answer(200, "<h1>Hotel</h1>");
    if (headers["X-CSRFToken"] !== this.token) return answer(403, "");
    const each = votes.map((vote) => this.take(vote));
    const told = votes.length === 1 ? each[0] : [200, each.map(([status, said]) => (status === 200 ? said : null))];
    if (this.fails === "answer lost") throw new TypeError("fetch failed");
    return answer(...told);
  }

  take({ statement, stance, seq, key }) {
    const standing = this.votes[statement];
    if (standing?.key === key) return [200, state(standing)];
    if (!this.isOpen) return [409, { refused: "closed" }];
    if (standing && standing.seq >= Number(seq)) return [409, { refused: "stale", said: "Answered already.", ...state(standing) }];
    this.votes[statement] = { statement, stance: Number(stance), seq: Number(seq), key };
    return [200, state(this.votes[statement])];
  }
}

const state = ({ statement, stance, seq }) => ({ statement, stance, seq });
const answer = (status, body) => ({
  status,
  text: async () => body,
  json: async () => (typeof body === "string" ? JSON.parse(body) : body),
});

/* Open the page: `storage` and `server` outlive it. Returns the outbox and the page's clock. */
export async function phone({ storage = new Storage(), server = new Server(), ballot = null } = {}) {
  const notices = ["some-wait", "only-here", "unknown", "too-late"].map((name) => new Element({ [`data-${name}`]: "", hidden: "" }));
  notices[0].append(...["waiting", "when", "later"].map((name) => new Element({ [`data-${name}`]: "" })));
  notices[2].append(new Element({ "data-saved": "" }));
  const place = new Element({ "data-outbox": "box", "data-token": "old", hidden: "" }, ...notices);
  const page = new Element({}, place, ...(ballot ? [ballot] : []));
  const timers = new Map();
  let at = 0;
  let last = 0;
  const here = {
    storage, server, place, ballot, page,
    entries: () => JSON.parse(storage.getItem("majlis-votes-box")) ?? {},
    notice: (name) => !place.querySelector(`[data-${name}]`).hidden,
    fire: (type, facts) => window.fire(type, facts),
    /* Let what has begun come to its end. */
    async settled() { for (let i = 0; i < 30; i += 1) await new Promise((done) => setImmediate(done)); },
    async wait(ms) {
      at += ms;
      for (const [id, timer] of timers) if (timer.at <= at && timers.delete(id)) timer.run();
      await here.settled();
    },
  };
  const window = Object.assign(new Element(), { scrollTo() {} });
  const document = Object.assign(page, { createElement: () => new Element() });
  const global = {
    window, document, localStorage: storage, crypto: webcrypto,
    fetch: (...asked) => server.fetch(...asked),
    location: { search: "", href: "/round/", pathname: "/round/" },
    history: { pushState() {} },
    setTimeout: (run, ms) => { timers.set((last += 1), { at: at + ms, run }); return last; },
    clearTimeout: (id) => timers.delete(id),
    CustomEvent: class extends Event {
      constructor(type, { detail }) { super(type); this.detail = detail; }
    },
  };
  for (const [name, value] of Object.entries(global)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const folder = mkdtempSync(join(tmpdir(), "majlis-js-")); // a path of its own: no module is shared
  try {
    cpSync(MODULES, folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    Object.assign(here, await import(pathToFileURL(join(folder, "outbox.js"))));
    if (ballot) await import(pathToFileURL(join(folder, "ballot.js")));
  } finally {
    rmSync(folder, { recursive: true });
  }
  await here.settled();
  return here;
}

/* As much of a DOM element as the modules use. */
export class Element {
  constructor(attributes = {}, ...children) {
    this.attributes = { ...attributes };
    this.children = [];
    this.listeners = [];
    this.dataset = new Proxy(this.attributes, {
      get: (all, name) => all[`data-${name}`],
      set: (all, name, value) => { all[`data-${name}`] = String(value); return true; },
    });
    this.append(...children);
  }
  get hidden() { return "hidden" in this.attributes; }
  set hidden(is) { if (is) this.attributes.hidden = ""; else delete this.attributes.hidden; }
  get firstElementChild() { return this.children[0]; }
  get content() { return this; } // of a template
  get textContent() { return this.children.map((child) => child.textContent ?? child).join(""); }
  set textContent(text) { this.children = [String(text)]; }
  append(...nodes) {
    for (const node of nodes) {
      this.children.push(node);
      if (node instanceof Element) node.parent = this;
    }
  }
  replaceChildren(...nodes) { this.children = []; this.append(...nodes); }
  setAttribute(name, value) { this.attributes[name] = value; }
  removeAttribute(name) { delete this.attributes[name]; }
  cloneNode() {
    return new Element(this.attributes, ...this.children.map((child) => child.cloneNode?.(true) ?? child));
  }
  focus() {}
  click() { this.fire("click"); }

  /* Selectors of [attributes], #ids and :not([attributes]). */
  matches(selector) {
    return [...selector.matchAll(/(:not\()?(?:\[([\w-]+)(?:="?([^"\]]*)"?)?\]|#([\w-]+))/g)].every(
      ([, not, name, value, id]) => {
        const found = this.attributes[name ?? "id"];
        return (id ?? value ?? found) === found && (found !== undefined) === !not;
      },
    );
  }
  querySelectorAll(selector) {
    const all = this.children.filter((child) => child instanceof Element);
    return all.flatMap((child) => [...(child.matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
  }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
  closest(selector) { return this.matches(selector) ? this : this.parent?.closest?.(selector) ?? null; }

  addEventListener(type, listener) { this.listeners.push([type, listener]); }
  /* Tell the listeners here and above; a string among the children has none. */
  fire(type, facts = {}) {
    const event = { target: this, preventDefault() {}, ...facts };
    for (let node = this; node; node = node.parent) {
      for (const [of, listener] of node.listeners) if (of === type) listener(event);
    }
  }
}
