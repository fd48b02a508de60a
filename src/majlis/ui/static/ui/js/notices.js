/* What was refused or did not arrive is said where the page shows its messages; focus goes to what
   is wrong in a form. The words stand in <template id="notice-offline"> and "notice-broken". */

const say = (id) => {
  const template = document.getElementById(id);
  const place = document.getElementById("messages");
  if (!template || !place) return;
  place.replaceChildren(template.content.cloneNode(true));
  place.scrollIntoView({ block: "nearest" });
};
document.addEventListener("htmx:sendError", () => say("notice-offline"));
document.addEventListener("htmx:timeout", () => say("notice-offline"));
document.addEventListener("htmx:responseError", () => say("notice-broken"));
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig?.verb !== "get") document.getElementById("messages")?.replaceChildren();
});

const focus = (root) => root.querySelector?.("[data-focus]")?.focus();
focus(document);
document.addEventListener("htmx:load", (event) => focus(event.target));
