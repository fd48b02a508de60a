import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, search } from "../../src/majlis/welcome/static/welcome/fold.js";

globalThis.addEventListener = () => {};
const { Waiting } = await import("../../src/majlis/welcome/static/welcome/waiting.js");

/* As `kernel.analysis.fold` has them; tests/welcome/test_fold.py asks it for the same. */
export const FOLDED = [
  ["Élodie BEN Saïd", "elodie ben said"], ["Łukasz Đorđe", "lukasz dorde"], ["œuvre Æble Straße", "oeuvre aeble strasse"],
  ["أحمد إبراهيم آية", "احمد ابراهيم ايه"], ["مُحَمَّد ٱلشريفة", "محمد الشريفه"], ["على کریم", "علي كريم"], ["٢٠٢٦ ۲۰", "2026 20"],
  ["L’été d‘Ali", "l'ete d'ali"], ["ـمحـمد", "محمد"],
];

test("names are folded as the server folds them", () => {
  for (const [name, folded] of FOLDED) assert.equal(fold(name), folded);
});

test("every word typed must stand in a name, with or without its marks", () => {
  const people = [{ keys: fold("Élodie Ben Saïd") }, { keys: fold("أحمد الشريف") }];
  assert.deepEqual(search(people, "said ELODIE"), [people[0]]);
  assert.deepEqual(search(people, "احمد"), [people[1]]);
  assert.deepEqual(search(people, "Saïd احمد"), []);
  assert.deepEqual(search(people, "  "), []);
});

const device = (kept = new Map()) => {
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name),
  };
  globalThis.location = { href: "/arrivals/" };
  const server = { posts: [], fails: null, token: "t" };
  globalThis.fetch = async (url, { method, headers } = {}) => {
    if (server.fails === "gone") throw new TypeError("fetch failed");
    if (!method) return { text: async () => `data-token="${server.token}"` };
    if (headers["X-CSRFToken"] !== server.token) return { status: 403 };
    server.posts.push(url);
    if (server.fails === "answer lost") throw new TypeError("fetch failed");
    if (typeof server.fails === "number") return { status: server.fails };
    const [, code, verb] = url.split("/");
    return { status: 200, json: async () => ({ code, hasArrived: verb === "arrived" }) };
  };
  globalThis.setTimeout = () => 0; // pauses are over when a test says so
  return { kept, server, waiting: new Waiting({ name: "x", url: "/CODE/VERB/", token: "t" }) };
};

test("a check-in is sent, then forgotten", async () => {
  const { waiting, server, kept } = device();
  await waiting.put("a", true);
  assert.deepEqual([server.posts, kept.size], [["/a/arrived/"], 0]);
});

test("check-ins wait while there is no connection, and the last press of each is sent once after a reload", async () => {
  const { waiting, server, kept } = device();
  server.fails = "gone";
  await waiting.put("a", true);
  await waiting.put("b", true);
  await waiting.put("b", false);
  assert.deepEqual([server.posts, waiting.entries, waiting.failures > 0], [[], { a: true, b: false }, true]);

  const after = device(kept);
  await after.waiting.send();
  assert.deepEqual([after.server.posts, kept.size], [["/a/arrived/", "/b/not-arrived/"], 0]);
});

test("an answer that was lost is asked for again, a refusal is not", async () => {
  const { waiting, server, kept } = device();
  server.fails = "answer lost";
  await waiting.put("a", true);
  assert.equal(kept.size, 1);
  server.fails = 409;
  const told = [];
  waiting.addEventListener("change", ({ detail }) => told.push(detail));
  await waiting.send();
  assert.deepEqual([kept.size, told], [0, [{ code: "a", isRefused: true }]]);
});

test("a token that is too old is renewed", async () => {
  const { waiting, server } = device();
  server.token = "new";
  await waiting.put("a", true);
  assert.deepEqual([server.posts, waiting.entries], [["/a/arrived/"], {}]);
});
