// The way out of a sensitive page. It does what GOV.UK's “Exit this page” does: Shift three times within a few seconds, or the link,
// covers the page at once and puts another one in its place, so that the way back does not lead here. Without this script it is a link.
(() => {
  const box = document.querySelector(".leave");
  if (!box) return;
  const link = box.querySelector("a");
  const words = box.dataset;
  const PRESSES = 3;
  const PATIENCE = 5000;
  let pressed = 0;
  let held = false;
  let waiting = 0;
  let cover = null;

  const hint = document.createElement("span");
  hint.className = "leave-hint";
  hint.textContent = words.hint;
  // Three lights, one for each press; whoever does not see them is told.
  const lights = document.createElement("span");
  lights.className = "leave-lights";
  lights.setAttribute("aria-hidden", "true");
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  box.append(hint, lights, said);
  for (let light = 0; light < PRESSES; light += 1) lights.append(document.createElement("span"));

  const show = (text) => {
    box.classList.toggle("leave-counts", pressed > 0);
    [...lights.children].forEach((light, at) => light.classList.toggle("leave-on", at < pressed));
    said.textContent = text;
  };
  const forget = (text) => {
    clearTimeout(waiting);
    pressed = 0;
    show(text);
  };
  const leave = () => {
    if (cover) return;
    forget("");
    cover = document.createElement("div");
    cover.className = "leave-cover";
    cover.setAttribute("role", "alert");
    document.body.classList.add("leaves");
    document.body.append(cover);
    cover.textContent = words.loading;
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // A capital letter is typed with Shift held: that press is none.
  document.addEventListener("keydown", (event) => {
    held = event.key === "Shift" && !event.repeat;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !held) return;
    held = false;
    pressed += 1;
    clearTimeout(waiting);
    if (pressed === PRESSES) {
      leave();
      return;
    }
    show(pressed === 1 ? words.two : words.one);
    waiting = setTimeout(() => forget(words.expired), PATIENCE);
  });
  // A browser may keep the page as it was left.
  window.addEventListener("pageshow", () => {
    if (!cover) return;
    document.body.classList.remove("leaves");
    cover.remove();
    cover = null;
  });
})();
