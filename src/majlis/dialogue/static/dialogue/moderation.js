/* Moderating by keys: on the contribution that has the focus, Enter presses its first button, R
   rewords it, M merges it; the arrows go to the next and the previous one. */

const help = document.querySelector("[data-keys-help]");
if (help) help.hidden = !matchMedia("(hover: hover)").matches;

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-keys]");
  if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const buttons = card.querySelector(".toolbar");
  let wanted = null;
  if (event.key === "ArrowDown") wanted = card.nextElementSibling;
  else if (event.key === "ArrowUp") wanted = card.previousElementSibling;
  else if (event.key === "Enter" && event.target === card) wanted = buttons.querySelector(".button:not(.button--quiet)");
  else wanted = buttons.querySelector(`[data-key="${event.code}"]`) ?? card.querySelector(`[data-key="${event.code}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("[data-keys]")) wanted.focus();
  else wanted.click();
});
