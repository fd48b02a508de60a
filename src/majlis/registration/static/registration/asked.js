/* A question that depends on an earlier answer is shown once that answer is given.

   <input data-asked-if="asked_visa" data-asked-value="yes"> … Without this script every question is
   shown, and the server leaves out what was not to be asked. */

const dependent = [...document.querySelectorAll("[data-asked-if]")];

function follow(form) {
  for (const input of dependent.filter((one) => one.form === form)) {
    const given = new FormData(form).getAll(input.dataset.askedIf);
    const isAsked = given.includes(input.dataset.askedValue);
    input.disabled = !isAsked;
    input.closest(".field").hidden = !isAsked;
  }
}

for (const form of new Set(dependent.map((one) => one.form))) {
  form.addEventListener("change", () => follow(form));
  follow(form);
}
