import assert from "node:assert/strict";
import { test } from "node:test";

import { Server, Storage, phone } from "./phone.mjs";

const vote = (stance, seq = 1, key = `key-${Math.random()}`) => ({ round: "R", url: "/vote/", stance, seq, key });

function outcomes(here) {
  const told = [];
  here.outbox.addEventListener("change", ({ detail }) => told.push([detail.statement, detail.outcome]));
  return told;
}

test("a vote is sent with all the server asks for, then forgotten", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.outbox.put("A", vote(1, 1, "k"));
  await here.settled();
  assert.deepEqual(here.server.posts, [{ statement: "A", stance: "1", seq: "1", key: "k", box: "box" }]);
  assert.deepEqual([told, here.entries(), here.place.hidden], [[["A", "sent"]], {}, true]);
});

test("votes given while the server is gone are sent in order after a reload", async () => {
  const { storage, server } = { storage: new Storage(), server: new Server() };
  server.fails = "gone";
  const before = await phone({ storage, server });
  for (const code of ["C", "A", "B"]) before.outbox.put(code, vote(-1));
  await before.settled();
  assert.ok(before.notice("some-wait"));
  assert.equal(before.place.querySelector("[data-waiting]").textContent, "3");

  server.fails = null;
  const after = await phone({ storage, server });
  assert.deepEqual(server.posts.map((post) => post.statement), ["C", "A", "B"]);
  assert.deepEqual([after.entries(), after.notice("some-wait")], [{}, false]);
});

test("votes that waited are sent in one go, and those that want words again by themselves", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.server.fails = "gone";
  for (const code of ["A", "B", "C"]) here.outbox.put(code, vote(1));
  await here.settled();
  here.server.fails = null;
  here.server.votes.B = { statement: "B", stance: 0, seq: 4, key: "other phone" };
  here.fire("online");
  await here.settled();
  assert.deepEqual(here.server.asked, [3, 1]);
  assert.deepEqual([told, here.entries()], [[["A", "sent"], ["C", "sent"], ["B", "stale"]], {}]);
});

test("more than sixty votes go sixty at a time at most", async () => {
  const here = await phone();
  here.server.fails = "gone";
  for (let n = 0; n < 70; n += 1) here.outbox.put(`S${n}`, vote(1));
  await here.settled();
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.equal(Math.max(...here.server.asked), 60);
  assert.equal(Object.keys(here.server.votes).length, 70);
});

test("a stream that comes back sends at once", async () => {
  const here = await phone();
  here.server.fails = "gone";
  here.outbox.put("A", vote(1));
  await here.settled();
  here.server.fails = null;
  here.page.fire("majlis:back");
  await here.settled();
  assert.deepEqual(here.entries(), {});
});

test("while the server is gone it is asked again by a timer, ever less often", async () => {
  const here = await phone();
  let asked = 0;
  here.server.fetch = async () => { asked += 1; throw new TypeError("fetch failed"); };
  here.outbox.put("A", vote(1));
  await here.settled();
  assert.equal(asked, 1);
  await here.wait(1199);
  assert.equal(asked, 1);
  await here.wait(602); // 1.5 s, give or take a fifth
  assert.equal(asked, 2);
  await here.wait(1801);
  assert.equal(asked, 2); // by now 3 s
  await here.wait(1800);
  assert.equal(asked, 3);
});

test("the connection coming back sends at once", async () => {
  const here = await phone();
  here.server.fails = "gone";
  here.outbox.put("A", vote(1));
  await here.settled();
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.deepEqual(here.entries(), {});
});

test("a vote whose answer was lost is sent again under the same key and counts once", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.server.fails = "answer lost";
  here.outbox.put("A", vote(1, 1, "k"));
  await here.settled();
  here.server.fails = null;
  await here.wait(2000);
  assert.deepEqual(here.server.posts.map((post) => post.key), ["k", "k"]);
  assert.deepEqual(told, [["A", "sent"]]);
});

test("an answer given while another is under way is sent after it", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.outbox.put("A", vote(1, 1));
  here.outbox.put("A", vote(-1, 2));
  await here.settled();
  assert.deepEqual(here.server.posts.map((post) => post.seq), ["1", "2"]);
  assert.deepEqual([here.server.votes.A.stance, told], [-1, [["A", "sent"]]]);
});

test("a stale answer and one after the close are told and given up", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.server.votes.A = { statement: "A", stance: 0, seq: 4, key: "other phone" };
  here.outbox.put("A", vote(1, 3));
  await here.settled();
  here.server.isOpen = false;
  here.outbox.put("B", vote(1));
  await here.settled();
  assert.deepEqual(told, [["A", "stale"], ["B", "closed"]]);
  assert.deepEqual([here.entries(), here.notice("too-late")], [{}, true]);
});

test("a vote the server fails on keeps no other from arriving", async () => {
  const here = await phone();
  const take = here.server.take;
  here.server.take = (sent) => (sent.statement === "A" ? [500, ""] : take.call(here.server, sent));
  for (const code of ["A", "B"]) here.outbox.put(code, vote(1));
  await here.settled();
  await here.wait(4000);
  assert.deepEqual([Object.keys(here.entries()), Object.keys(here.server.votes)], [["A"], ["B"]]);
});

for (const fails of ["sign-in", 503]) {
  test(`an answer of ${fails} keeps every vote`, async () => {
    const here = await phone();
    here.server.fails = fails;
    here.outbox.put("A", vote(1));
    here.outbox.put("B", vote(1));
    await here.settled();
    assert.deepEqual(Object.keys(here.entries()), ["A", "B"]);
    assert.equal(new Set(here.server.posts.map((post) => post.statement)).size, 1); // the others wait
  });
}

test("a form that has become too old is renewed", async () => {
  const here = await phone();
  here.server.token = "new";
  here.outbox.put("A", vote(1));
  await here.settled();
  assert.deepEqual([here.entries(), here.server.posts.length], [{}, 2]);
});

test("a server that does not know the phone is told of, and the votes are kept", async () => {
  const here = await phone();
  here.server.fails = 404;
  here.outbox.put("A", vote(1));
  await here.settled();
  assert.deepEqual([Object.keys(here.entries()), here.notice("unknown")], [["A"], true]);
});

test("votes that come too fast wait, and the server's sentence is shown", async () => {
  const here = await phone();
  const { take } = here.server;
  here.server.take = () => [429, { refused: "later", said: "Try again in two minutes." }];
  here.outbox.put("A", vote(1));
  await here.settled();
  const text = (name) => here.place.querySelector(`[data-${name}]`);
  assert.deepEqual([Object.keys(here.entries()), text("later").textContent, text("when").hidden], [["A"], "Try again in two minutes.", true]);
  here.server.take = take;
  await here.wait(4000);
  assert.deepEqual([here.entries(), text("later").textContent], [{}, ""]);
});

test("two tabs that send the same vote both learn that it was taken", async () => {
  const here = await phone();
  const told = outcomes(here);
  here.server.fails = "gone";
  here.outbox.put("A", vote(1));
  await here.settled();
  here.server.fails = null;
  here.outbox.send();
  here.storage.kept.clear(); // the other tab was faster
  await here.settled();
  assert.deepEqual(told, [["A", "sent"]]);
});

test("with storage full every vote is sent while the page is open", async () => {
  const here = await phone();
  here.server.fails = "gone";
  here.outbox.put("A", vote(1));
  await here.settled();
  here.storage.isFull = true;
  for (const code of ["B", "C"]) here.outbox.put(code, vote(-1));
  await here.settled();
  assert.deepEqual([Object.keys(here.outbox.entries), Object.keys(here.entries())], [["A", "B", "C"], ["A"]]);
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.deepEqual(Object.keys(here.server.votes), ["A", "B", "C"]);
  assert.deepEqual([here.outbox.entries, here.entries()], [{}, {}]);
});

test("with storage full the page says so, and asks before it is left, until all is sent", async () => {
  const here = await phone();
  const isAsked = () => {
    let asked = false;
    here.fire("beforeunload", { preventDefault() { asked = true; } });
    return asked;
  };
  here.server.fails = "gone";
  here.outbox.put("A", vote(1));
  await here.settled();
  assert.deepEqual([here.notice("only-here"), here.notice("saved"), isAsked()], [false, true, false]);
  here.storage.isFull = true;
  here.outbox.put("B", vote(1));
  await here.settled();
  assert.deepEqual([here.notice("only-here"), here.notice("saved"), isAsked()], [true, false, true]);
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.deepEqual([here.notice("only-here"), isAsked(), here.place.hidden], [false, false, true]);
});

test("with storage refused altogether every vote is sent while the page is open", async () => {
  const storage = new Storage();
  const refuse = () => { throw new DOMException("denied", "SecurityError"); };
  const here = await phone({ storage });
  Object.assign(storage, { getItem: refuse, setItem: refuse, removeItem: refuse });
  here.server.fails = "gone";
  for (const code of ["A", "B"]) here.outbox.put(code, vote(1));
  await here.settled();
  here.server.fails = null;
  here.fire("online");
  await here.settled();
  assert.deepEqual([Object.keys(here.server.votes), here.outbox.entries], [["A", "B"], {}]);
});

test("what storage holds and nobody can read is as nothing", async () => {
  const storage = new Storage();
  storage.kept.set("majlis-votes-box", "{half");
  const here = await phone({ storage });
  here.outbox.put("A", vote(1));
  await here.settled();
  assert.ok("A" in here.server.votes);
});

test("keys are long and never the same", async () => {
  const { newKey } = await phone();
  const keys = Array.from({ length: 200 }, newKey);
  assert.equal(new Set(keys).size, 200);
  assert.ok(keys.every((key) => /^[0-9a-f]{24}$/.test(key)));
});
