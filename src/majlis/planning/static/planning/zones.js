/* <select data-zones-of="id of the country's select">: the zones of the chosen country come first. */

for (const zones of document.querySelectorAll("[data-zones-of]")) {
  const country = document.getElementById(zones.dataset.zonesOf);
  const first = zones.querySelector("optgroup");
  const all = [...zones.querySelectorAll("option")];
  const rest = zones.querySelector("optgroup:last-of-type");

  country?.addEventListener("change", () => {
    first.label = country.selectedOptions[0].textContent;
    const theirs = all.filter((option) => option.dataset.country === country.value);
    const others = all.filter((option) => option.dataset.country !== country.value);
    first.replaceChildren(...theirs);
    rest.replaceChildren(...others.sort((a, b) => a.textContent.localeCompare(b.textContent, document.documentElement.lang)));
    if (theirs.length && !theirs.includes(zones.selectedOptions[0])) theirs[0].selected = true;
  });
}
