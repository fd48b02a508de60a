import assert from "node:assert/strict";
import { test } from "node:test";

import { Element, Server, Storage, phone } from "./phone.mjs";

/* The ballot as the server draws it: three statements, the standing votes of `server`. */
function drawn(server, round = "R") {
  const cards = ["A", "B", "C"].map((code) => {
    const name = new Element({ "data-name": "" });
    name.textContent = `Statement ${code}`;
    return new Element({ "data-card": code }, name);
  });
  const answers = Object.fromEntries(Object.values(server.votes).map((vote) => [vote.statement, [vote.stance, vote.seq + 1]]));
  const words = ["own", "1", "-1", "0", "sent", "waiting", "closed", "unreadable"].map((name) => {
    const word = new Element({ "data-word": name });
    word.textContent = name;
    return word;
  });
  const buttons = [1, -1, 0].map((stance) => Object.assign(new Element({ name: "stance" }), { name: "stance", value: String(stance) }));
  const form = Object.assign(new Element({ "data-vote": "" }, ...buttons), { action: "/vote/", statement: {}, seq: {} });
  const answered = Object.assign(new Element({ id: "answered" }), { value: Object.keys(server.votes).length });
  return new Element(
    { "data-ballot": round, "data-here": cards.find((card) => !answers[card.dataset.card])?.dataset.card ?? "" },
    answered, new Element({ "data-answered": "" }), new Element({ "data-front": "" }),
    new Element({ "data-foot": "" }, new Element({ "data-own": "" }), form, new Element({ "data-step": "-1" }), new Element({ "data-step": "1" })),
    new Element({ "data-keys": "", hidden: "" }),
    new Element({ "data-cards": "", "data-answers": JSON.stringify(answers) }, ...cards), new Element({ "data-done": "" }, new Element({ "data-done-card": "" })),
    new Element({ "data-words": "" }, ...words),
  );
}

async function open({ storage = new Storage(), server = new Server(), round } = {}) {
  const here = await phone({ storage, server, ballot: drawn(server, round) });
  const find = (selector) => here.ballot.querySelector(selector);
  const form = find("[data-vote]");
  return Object.assign(here, {
    find, form,
    front: () => find("[data-front]").firstElementChild.dataset.card ?? "done",
    own: () => find("[data-own]").textContent,
    pressed: () => form.querySelectorAll("[aria-pressed]").map((button) => button.value),
    async tap(stance) {
      form.fire("submit", { submitter: form.children.find((button) => button.value === String(stance)) });
      await here.settled();
    },
    async go(step) { find(`[data-step="${step}"]`).click(); await here.settled(); },
  });
}

test("a tap keeps the vote and shows the next statement, until all are answered", async () => {
  const here = await open();
  for (const [stance, next] of [[1, "B"], [-1, "C"], [0, "done"]]) {
    await here.tap(stance);
    assert.equal(here.front(), next);
  }
  assert.deepEqual(Object.values(here.server.votes).map((vote) => vote.stance), [1, -1, 0]);
  assert.deepEqual([here.find("[data-answered]").textContent, here.find("[data-foot]").hidden], ["3", true]);
});

test("a changed answer carries the next seq and a new key", async () => {
  const here = await open();
  await here.tap(1);
  await here.go(-1);
  assert.deepEqual([here.front(), here.pressed(), here.form.seq.value], ["A", ["1"], 2]);
  await here.tap(-1);
  assert.deepEqual(here.server.posts.map((post) => post.seq), ["1", "2"]);
  assert.notEqual(here.server.posts[0].key, here.server.posts[1].key);
  assert.equal(here.server.votes.A.stance, -1);
});

test("with the server gone the ballot goes on and says what waits", async () => {
  const here = await open();
  here.server.fails = "gone";
  await here.tap(1);
  await here.tap(0);
  assert.deepEqual([here.front(), here.own()], ["C", "Statement B 0 waiting"]);
  here.server.fails = null;
  await here.wait(4000);
  assert.deepEqual([Object.keys(here.server.votes), here.own()], [["A", "B"], "Statement B 0 sent"]);
});

test("after a reload what waits is answered, and seq goes on rising", async () => {
  const storage = new Storage();
  const server = new Server();
  server.votes.A = { statement: "A", stance: 0, seq: 4, key: "earlier" };
  server.fails = "gone";
  const before = await open({ storage, server });
  await before.go(-1);
  await before.tap(1); // A, seq 5
  const after = await open({ storage, server });
  assert.equal(after.front(), "B");
  await after.go(-1);
  assert.deepEqual([after.pressed(), after.form.seq.value, after.own()], [["1"], 6, "own 1 waiting"]);
  await after.tap(-1);
  server.fails = null;
  after.fire("online");
  await after.settled();
  assert.deepEqual([server.votes.A.stance, server.votes.A.seq], [-1, 6]);
});

test("what waits for another round is sent and leaves this ballot alone", async () => {
  const storage = new Storage();
  const server = new Server();
  server.fails = "gone";
  await (await open({ storage, server, round: "Q" })).tap(1);
  const here = await open({ storage, server });
  assert.deepEqual([here.front(), here.own()], ["A", ""]);
});

test("another phone's answer is shown, and the next tap comes after it", async () => {
  const here = await open();
  here.server.votes.A = { statement: "A", stance: -1, seq: 3, key: "other phone" };
  await here.tap(1);
  assert.deepEqual([here.front(), here.pressed(), here.own()], ["A", ["-1"], " Answered already."]);
  await here.tap(1);
  assert.deepEqual([here.server.votes.A.stance, here.server.votes.A.seq], [1, 4]);
});

test("a vote that comes after the close is not counted, and nothing more is taken", async () => {
  const here = await open();
  here.server.isOpen = false;
  await here.tap(1);
  assert.deepEqual([here.front(), here.own(), here.form.hidden], ["A", "own closed", true]);
  assert.equal(here.find("[data-answered]").textContent, "0");
  await here.tap(1);
  assert.equal(here.server.posts.length, 1);
});

test("each refusal is shown in its own words, and one that is not known as not saved", async () => {
  for (const [code, shown] of [["elsewhere", " …"], ["unheard of", "own unreadable"]]) {
    const here = await open();
    here.server.take = () => [409, { refused: code, said: "…" }];
    await here.tap(1);
    assert.deepEqual([here.front(), here.own(), here.pressed()], ["A", shown, []]);
    assert.deepEqual(here.storage.kept.size, 0);
  }
});

test("what cannot be answered here is not asked again", async () => {
  const here = await open();
  const { take } = here.server;
  here.server.take = () => [409, { refused: "elsewhere", said: "…" }];
  await here.tap(1);
  here.server.take = take;
  await here.go(1);
  await here.tap(1);
  await here.tap(1);
  assert.equal(here.front(), "done");
});

test("with storage full no answer is lost while the page is open", async () => {
  const here = await open();
  here.storage.isFull = true;
  here.server.fails = "gone";
  for (const stance of [-1, -1, -1]) await here.tap(stance);
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.deepEqual(Object.values(here.server.votes).map((vote) => vote.stance), [-1, -1, -1]);
});

test("the keys 1, 2 and 3 vote", async () => {
  const here = await open();
  for (const code of ["Digit1", "Digit2", "Numpad3"]) here.ballot.fire("keydown", { code });
  await here.settled();
  assert.deepEqual(Object.values(here.server.votes).map((vote) => vote.stance), [1, -1, 0]);
});
