/* data-confirm="Question?" on a form or its button: asks in a dialog before it is sent.
   data-confirm-yes and data-confirm-no carry the words of the two buttons.
   data-dialog="id" opens the <dialog> of that id. Without JavaScript the form is sent at once. */

const dialog = document.createElement("dialog");
const words = document.createElement("p");
const actions = document.createElement("div");
const yes = document.createElement("button");
const no = document.createElement("button");

words.id = "confirm-words";
dialog.setAttribute("aria-labelledby", words.id);
actions.className = "form-actions";
yes.className = "button";
no.className = "button button--quiet";
yes.type = no.type = "button";
actions.append(yes, no);
dialog.className = "stack-dialog";
dialog.append(words, actions);

const ask = (asker) =>
  new Promise((resolve) => {
    if (!dialog.isConnected) document.body.append(dialog);
    words.textContent = asker.dataset.confirm;
    const doer = asker.matches("form") ? asker.querySelector("[type=submit], button:not([type])") : asker;
    yes.textContent = asker.dataset.confirmYes || doer?.textContent.trim() || "OK";
    no.textContent = asker.dataset.confirmNo || document.documentElement.dataset.cancel || "×";
    yes.classList.toggle("button--danger", doer?.classList.contains("button--danger") ?? false);
    const done = (answer) => { dialog.close(); resolve(answer); };
    yes.onclick = () => done(true);
    no.onclick = () => done(false);
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
    no.focus();
  });

const agreed = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asker = event.submitter?.closest("[data-confirm]") ?? form.closest("[data-confirm]");
  if (!asker || agreed.delete(form)) return;
  const submitter = event.submitter;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(asker)) {
    agreed.add(form);
    form.requestSubmit(submitter);
  }
}, true);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
});
