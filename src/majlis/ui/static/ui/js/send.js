/* <form data-send> sends itself and takes the answer in its place, on pages that do without htmx
   because a phone loads them first. It reads the same answers: a form with faults, a notice for
   another place, an address to go to; and says what happened with htmx's own events, which other
   modules listen to. Without it the browser sends the form. */

const says = (element, what) => element.dispatchEvent(new CustomEvent(what, { bubbles: true, detail: {} }));
const DRAWN = [403, 404, 409, 422, 429]; // refusals that come as a piece of the page

function put(form, html, target) {
  const piece = document.createRange().createContextualFragment(html).firstElementChild;
  const place = target && document.querySelector(target);
  if (place) {
    place.replaceChildren(piece);
    place.scrollIntoView({ block: "nearest" });
  } else {
    form.replaceWith(piece);
  }
  says(piece, "htmx:load");
}

async function send(form, button) {
  document.getElementById("messages")?.replaceChildren();
  button.disabled = true;
  try {
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
    const leads = answer.headers.get("HX-Redirect");
    if (leads) location.assign(leads);
    else if (answer.ok || DRAWN.includes(answer.status)) put(form, await answer.text(), answer.headers.get("HX-Retarget"));
    else says(form, "htmx:responseError");
  } catch {
    says(form, "htmx:sendError");
  }
  button.disabled = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-send]")) return;
  event.preventDefault();
  send(event.target, event.submitter || event.target.querySelector("button.button"));
});
