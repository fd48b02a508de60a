/* <button data-print hidden>: opens the browser's print window. */

const show = (root) => root.querySelectorAll("[data-print][hidden]").forEach((button) => { button.hidden = false; });
show(document);
document.addEventListener("htmx:load", (event) => show(event.target));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
