/* <form data-autosubmit>: sent when a choice changes. Its button (marked data-autosubmit-button) is
   only for readers without JavaScript. Typed words are not sent until Enter. */

const hide = (root) =>
  root.querySelectorAll("form[data-autosubmit] [data-autosubmit-button]").forEach((button) => { button.hidden = true; });
hide(document);
document.addEventListener("htmx:load", (event) => hide(event.target));

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=radio], input[type=checkbox], input[type=date]")) form.requestSubmit();
});
