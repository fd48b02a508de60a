/* The time grid of the programme: sessions are moved and made longer or shorter by mouse, touch and
   arrow keys. Every change is sent at once, and the server answers with the grid as it is then. */

const STEP = 5;  // minutes a row
const PAUSE = 450;  // milliseconds after the last key, before it is sent
const here = document.querySelector("[data-grid-here]");
const status = document.querySelector("[data-grid-status]");
const undo = document.querySelector("[data-grid-undo]");
const isRtl = document.dir === "rtl";

const grid = () => here.querySelector("[data-grid]");
const storage = `majlis-grid-${grid().dataset.grid}`;
const done = JSON.parse(sessionStorage.getItem(storage) || "[]");
const two = (n) => String(n).padStart(2, "0");
const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
const roomOf = (column) => here.querySelectorAll("[data-grid-room]")[column - 1].dataset.gridRoom;

function facts(card) {
  const { column, starts, ends, was } = card.dataset;
  return { column: +column, starts: +starts, ends: +ends, was, day: was.slice(0, 10), room: was.split(" ").slice(3).join(" ") };
}

function put(card, { column, starts, ends }) {
  const first = +grid().dataset.first * 60;
  const from = Math.round((starts - first) / STEP) + 1;
  const to = Math.max(Math.round((ends - first) / STEP) + 1, from + 1);
  card.style.setProperty("--row-at", `${from} / ${to}`);
  card.classList.toggle("is-short", ends - starts < 30);
  card.style.setProperty("--column-at", column === 0 ? "2 / -1" : String(column + 1));
}

/* Cards that overlap in one column stand side by side. */
function lanes(cards) {
  for (const column of inColumns(cards)) {
    const ends = [];
    for (const card of column) {
      const free = ends.findIndex((end) => end <= +card.dataset.starts);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = +card.dataset.ends;
      card.style.setProperty("--aside", `${Math.min(lane * 34, 68)}%`);
      card.style.setProperty("--above", String(lane + 1));
    }
  }
}

function inColumns(cards) {
  const found = {};
  for (const card of cards) (found[card.dataset.column] ??= []).push(card);
  return Object.values(found);
}

function lay() {
  const piece = grid();
  const { first, hours, rooms } = piece.dataset;
  const columns = `3.5rem repeat(${rooms}, minmax(0, 1fr))`;
  const width = `${3.5 + rooms * (rooms > 2 ? 10 : 8.5)}rem`;
  const body = piece.querySelector(".grid-body");
  piece.classList.add("is-laid");
  for (const part of [piece.querySelector(".grid-rooms"), body]) {
    part.style.setProperty("--columns", columns);
    part.style.setProperty("--least", width);
  }
  body.style.setProperty("--rows", `repeat(${(hours - 1) * (60 / STEP)}, var(--row))`);
  for (const hour of body.querySelectorAll("[data-hour]")) {
    const row = (hour.dataset.hour - first) * (60 / STEP) + 1;
    hour.textContent = clock(hour.dataset.hour * 60);
    hour.style.setProperty("--row-at", `${row} / span ${60 / STEP}`);
  }
  const cards = [...body.querySelectorAll("[data-card]")];
  for (const card of cards) {
    put(card, facts(card));
    card.title = words(card);
  }
  lanes(cards);
  undo.disabled = !done.length;
}

let sending = Promise.resolve();

/* Ask the server to put a session somewhere; one after the other. */
function send(action, place, was, isUndo = false) {
  sending = sending.then(async () => {
    const body = new FormData(grid().querySelector("form"));
    const [on, starts, ends, ...room] = place.split(" ");
    const sent = { on_date: on, starts, ends, room: room.join(" "), was, day: isUndo ? on : grid().dataset.day };
    for (const [name, value] of Object.entries(sent)) body.set(name, value);
    const focused = document.activeElement?.closest?.("[data-card]")?.id;
    let answer;
    try {
      answer = await fetch(action, { method: "POST", body, headers: { "X-Grid": "1" } });
    } catch {
      status.textContent = "";
    }
    if (!answer || ![200, 422].includes(answer.status)) { location.reload(); return; }
    const was_at = here.querySelector(".grid-frame").scrollLeft;
    here.innerHTML = await answer.text();
    if (answer.ok && !isUndo) done.push([action, was, place]);
    sessionStorage.setItem(storage, JSON.stringify(done.slice(-50)));
    lay();
    here.querySelector(".grid-frame").scrollLeft = was_at;
    const card = document.getElementById(focused || grid().dataset.moved);
    if (card && focused) card.focus({ preventScroll: true });
    tell();
  });
  return sending;
}

/* What became of the session, aloud too: all that its card may be too small for. */
function tell() {
  const { fault, moved } = grid().dataset;
  status.textContent = fault || words(document.getElementById(moved));
}

const words = (card) => (card?.innerText || "").replace("⠿", "").replace(/\s+/g, " ").trim();

function mark(card, { column, starts, ends, day, room }) {
  return `${day} ${clock(starts)} ${clock(ends)} ${column === facts(card).column ? room : roomOf(column)}`;
}

function change(card, to) {
  const place = mark(card, to);
  return place === card.dataset.was ? lay() : send(card.dataset.card, place, card.dataset.was);
}

function takeBack() {
  const last = done.pop();
  if (last) send(last[0], last[1], last[2], true);
}

/* Within a day, at least five minutes long. */
function moved(from, minutes, columns) {
  const most = +grid().dataset.rooms;
  const length = from.ends - from.starts;
  const starts = Math.min(Math.max(from.starts + minutes, 0), 24 * 60 - STEP);
  const column = from.column === 0 ? 0 : Math.min(Math.max(from.column + columns, 1), most);
  return { ...from, starts, ends: starts + length, column };
}

const longer = (from, minutes) => ({ ...from, ends: Math.max(from.ends + minutes, from.starts + STEP) });

function otherDay(from, days) {
  const all = [...here.querySelectorAll("[data-grid-day]")].map((link) => link.dataset.gridDay);
  return { ...from, day: all[all.indexOf(from.day) + days] || from.day };
}

/* Keyboard. */
let waiting = null;

here.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-card]");
  if (!card || event.altKey || event.metaKey || event.ctrlKey) return;
  const from = waiting?.card === card ? waiting.to : facts(card);
  const side = isRtl ? -1 : 1;
  const to = event.shiftKey
    ? { ArrowUp: () => longer(from, -STEP), ArrowDown: () => longer(from, STEP) }[event.key]
    : {
      ArrowUp: () => moved(from, -STEP, 0), ArrowDown: () => moved(from, STEP, 0),
      ArrowLeft: () => moved(from, 0, -side), ArrowRight: () => moved(from, 0, side),
      PageUp: () => otherDay(from, -1), PageDown: () => otherDay(from, 1),
    }[event.key];
  if (!to) return;
  event.preventDefault();
  clearTimeout(waiting?.timer);
  waiting = { card, to: to(), timer: setTimeout(flush, PAUSE) };
  put(card, waiting.to);
  card.querySelector(".grid-time").textContent = `${clock(waiting.to.starts)}–${clock(waiting.to.ends)}`;
});

function flush() {
  if (!waiting) return;
  const { card, to, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  change(card, to);
}

here.addEventListener("focusout", flush);
here.addEventListener("focusin", (event) => {
  const card = event.target.closest("[data-card]");
  if (card) status.textContent = words(card);
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping) return;
  event.preventDefault();
  takeBack();
});
undo.addEventListener("click", takeBack);

/* Mouse and touch: the whole card by mouse, its grip by touch, its lower edge by both. */
let drag = null;

here.addEventListener("pointerdown", (event) => {
  const card = event.target.closest("[data-card]");
  const isHeld = event.pointerType === "mouse" ? event.button === 0 : event.target.closest("[data-grip], [data-edge]");
  if (!card || !isHeld) return;
  const body = card.closest(".grid-body");
  const row = parseFloat(getComputedStyle(body).gridTemplateRows);
  drag = { card, row, isEdge: !!event.target.closest("[data-edge]"), x: event.clientX, y: event.clientY, from: facts(card), to: null };
  card.setPointerCapture(event.pointerId);
});

here.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const minutes = Math.round((event.clientY - drag.y) / drag.row) * STEP;
  const isFar = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 5;
  if (!drag.to && !isFar) return;
  drag.card.classList.add("is-moved");
  const day = under(event, "[data-grid-day]");
  for (const link of here.querySelectorAll("[data-grid-day]")) link.classList.toggle("is-over", link === day);
  drag.day = day?.dataset.gridDay;
  drag.to = drag.isEdge ? longer(drag.from, minutes) : moved(drag.from, minutes, columnAt(event.clientX) - columnAt(drag.x));
  put(drag.card, drag.to);
  drag.card.querySelector(".grid-time").textContent = `${clock(drag.to.starts)}–${clock(drag.to.ends)}`;
});

const under = (event, what) => document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest(what)).find(Boolean);

function columnAt(x) {
  const heads = [...here.querySelectorAll("[data-grid-room]")];
  const found = heads.findIndex((head) => { const box = head.getBoundingClientRect(); return x >= box.left && x <= box.right + 4; });
  return found + 1;
}

let droppedAt = -1000;  // the click that ends a drag opens nothing

here.addEventListener("click", (event) => { if (event.timeStamp - droppedAt < 300) event.preventDefault(); }, true);

function drop(event) {
  if (!drag) return;
  const { card, to, from, day } = drag;
  drag = null;
  card.classList.remove("is-moved");
  if (!to || event.type === "pointercancel") { lay(); return; }
  droppedAt = event.timeStamp;
  change(card, day ? { ...from, day } : to);
}

here.addEventListener("pointerup", drop);
here.addEventListener("pointercancel", drop);
here.addEventListener("dragstart", (event) => event.preventDefault());

/* An empty place pressed twice: a new session there. */
here.addEventListener("dblclick", (event) => {
  const body = event.target.closest(".grid-body");
  if (!body || event.target.closest("[data-card]")) return;
  const row = parseFloat(getComputedStyle(body).gridTemplateRows);
  const minutes = +grid().dataset.first * 60 + Math.floor((event.clientY - body.getBoundingClientRect().top) / row / 3) * 15;
  const column = columnAt(event.clientX);
  const begun = { on_date: grid().dataset.day, starts: clock(minutes), ends: clock(minutes + 60), room: column ? roomOf(column) : "" };
  location.assign(`${grid().dataset.new}?${new URLSearchParams(begun)}`);
});

lay();
