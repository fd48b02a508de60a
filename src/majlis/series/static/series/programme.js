/* The public programme: one's own selection, kept on this device alone, and how much of now is left. */

const key = `majlis-programme-${location.pathname.split("/").slice(2).join("/")}`;
const buttons = [...document.querySelectorAll("[data-pick]")];
const mine = document.querySelector("[data-mine]");
const calendar = document.querySelector("[data-calendar]");
const whole = calendar?.getAttribute("href");

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) || "[]"));
  } catch {  // storage is closed, or holds what is not ours
    return new Set();
  }
}

let picked = read();

function show() {
  for (const button of buttons) {
    const isPicked = picked.has(button.dataset.pick);
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isPicked));
    button.closest("[data-session]").classList.toggle("is-picked", isPicked);
  }
  if (mine) {
    mine.hidden = !picked.size;
    mine.querySelector("[data-mine-count]").textContent = `(${picked.size})`;
  }
  if (!picked.size) document.body.classList.remove("is-mine");
  mine?.setAttribute("aria-pressed", String(document.body.classList.contains("is-mine")));
  if (calendar) calendar.href = document.body.classList.contains("is-mine") ? `${whole}?only=${[...picked].join(",")}` : whole;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (button) {
    const { pick } = button.dataset;
    if (!picked.delete(pick)) picked.add(pick);
    try { localStorage.setItem(key, JSON.stringify([...picked])); } catch { /* for this page only */ }
    show();
  }
  if (event.target.closest("[data-mine]")) {
    document.body.classList.toggle("is-mine");
    for (const fold of document.querySelectorAll(".earlier")) fold.open = document.body.classList.contains("is-mine");
    show();
  }
});

window.addEventListener("storage", (event) => { if (event.key === key) { picked = read(); show(); } });

function tick() {
  for (const bar of document.querySelectorAll("[data-until]")) {
    const { from, until } = bar.dataset;
    bar.value = (Date.now() / 1000 - from) / (until - from);
    bar.hidden = false;
  }
}

show();
tick();
setInterval(tick, 30000);
