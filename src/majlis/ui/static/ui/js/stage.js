/* The room screen. What is shown is not known before, nor how wide the projector is: the type gets
   smaller step by step until nothing is cut. The page speaks the language of its scene. */

const root = document.documentElement;
const STEP = 0.94, SMALLEST = 0.3;

const isOutside = (inner, outer) =>
  inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;

function isCut() {
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const scene = document.querySelector(".stage-scene");
  return [...document.querySelectorAll(".stage-frame *")].some((element) => {
    if (element.closest(".visually-hidden") || element.ownerSVGElement) return false;
    const outer = scene && scene !== element && scene.contains(element) ? scene.getBoundingClientRect() : screen;
    return isOutside(element.getBoundingClientRect(), outer);
  });
}

function fit() {
  let size = 1;
  do {
    root.style.setProperty("--fit", size);
    size *= STEP;
  } while (size > SMALLEST && isCut());
}

function speak() {
  const piece = document.querySelector(".stage-piece");
  if (!piece) return;
  root.lang = piece.lang;
  root.dir = piece.dir;
  document.title = piece.dataset.title;
}

const dress = () => { speak(); fit(); };
dress();
document.addEventListener("majlis:live", dress);
window.addEventListener("resize", fit);
document.fonts.ready.then(fit);
