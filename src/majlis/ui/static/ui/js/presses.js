/* Back to a form: the page is new, and so is its key. One that people typed into gets its old key
   back, so that sending the same again does nothing twice. */

const TYPED = "form:has(textarea, select, input:not([type=hidden])) [name=form_key]";
const keys = [...document.querySelectorAll(TYPED)];
const before = history.state?.formKeys;

if (before && performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  keys.forEach((key, n) => { key.value = before[n] ?? key.value; });
} else {
  history.replaceState({ ...history.state, formKeys: keys.map((key) => key.value) }, "");
}
