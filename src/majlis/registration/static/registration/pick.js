/* <input type="checkbox" data-pick-all="codes" hidden>: ticks every box of that name on the page. */

const boxes = (all) => [...document.querySelectorAll(`input[type=checkbox][name="${all.dataset.pickAll}"]`)];

document.querySelectorAll("[data-pick-all]").forEach((all) => {
  if (boxes(all).length === 0) return;
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => { for (const box of boxes(all)) box.checked = all.checked; });
});
