/* My page: tells the programme, in this browser, that selections are kept with a place; and offers to
   keep what was chosen here before. The names of what is stored are those of series/programme.js. */

const mine = document.querySelector("[data-place]");
const key = `majlis-programme-${mine.dataset.place.split("/").slice(2).join("/")}`;
const joined = `${key}-joined`;

const read = (name, other) => {
  try { return JSON.parse(localStorage.getItem(name)) ?? other; } catch { return other; }
};
const write = (name, value) => {
  try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* storage is closed */ }
};

const form = mine.querySelector("[data-take]");
const before = read(joined, false) ? [] : read(key, []);
form.hidden = !before.length;
form.elements.codes.value = before.join(",");
if (!before.length) write(joined, true);
form.addEventListener("submit", () => write(joined, true));
form.querySelector("[data-drop]").addEventListener("click", () => {
  write(key, []);
  write(joined, true);
  form.hidden = true;
});
