/* <button data-copy="text or #id" data-copied="Copied" hidden>: shown only where copying works. */

const text = (what) =>
  what.startsWith("#") ? (document.querySelector(what)?.value ?? document.querySelector(what)?.textContent ?? "") : what;

const copy = async (value) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(value);
  const area = document.createElement("textarea"); // plain http on a local network
  area.value = value;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
};

const show = (root) => root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
show(document);
document.addEventListener("htmx:load", (event) => show(event.target));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(text(button.dataset.copy).trim());
  const before = button.innerHTML;
  button.textContent = button.dataset.copied || "✓";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.innerHTML = before; }, 2000);
});
