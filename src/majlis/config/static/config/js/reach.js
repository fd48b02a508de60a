/* <section data-reach="/live/…"> says what this device can do: whether words can be kept on it and
   whether hints arrive. Marks its own lines by `data-reach-…`, all hidden until then. */

const SECONDS = 4;

const reach = document.querySelector("[data-reach]");
const show = (name, shown = true) => { reach.querySelector(`[data-reach-${name}]`).hidden = !shown; };

const keeps = () => {
  try {
    localStorage.setItem("majlis-reach", "1");
    localStorage.removeItem("majlis-reach");
    return true;
  } catch {
    return false;
  }
};

if (reach) {
  show("scripts", keeps());
  show("waiting");
  const stream = new EventSource(reach.dataset.reach);
  const answered = (name) => {
    stream.close();
    clearTimeout(late);
    show("waiting", false);
    show(name);
  };
  const late = setTimeout(() => answered("no-live"), SECONDS * 1000);
  stream.onmessage = () => answered("live");
}
