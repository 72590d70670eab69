// Folds the agenda items that are of the order of business alone: apologies, declarations. Without this script they are
// open. One that is linked to, or printed, or found by the browser's own search, opens.
(() => {
  const marks = document.querySelectorAll(".folds");
  const level = (node) => {
    const heading = node.nodeType === 1 && (node.matches(".heading") ? node.firstElementChild : node);
    return heading && /^H[2-6]$/.test(heading.tagName) ? Number(heading.tagName[1]) : 0;
  };
  const show = (fold, open) => {
    if (open) fold.part.removeAttribute("hidden");
    else fold.part.setAttribute("hidden", "until-found");
    fold.button.setAttribute("aria-expanded", String(open));
    fold.button.textContent = open ? fold.mark.dataset.hide : fold.mark.dataset.show;
  };
  const folds = [];
  marks.forEach((mark, index) => {
    const heading = mark.previousElementSibling;
    if (!heading || !level(heading)) return;
    const part = document.createElement("div");
    part.id = `page-fold-${index + 1}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-controls", part.id);
    let next = mark.nextSibling;
    mark.after(button, part);
    while (next && !(level(next) && level(next) <= level(heading))) {
      const after = next.nextSibling;
      part.append(next);
      next = after;
    }
    // A line or two are sooner read than unfolded, and what was put right is not hidden.
    if (part.textContent.trim().length < 400 || part.querySelector(".correction")) {
      while (part.firstChild) part.before(part.firstChild);
      part.remove();
      button.remove();
      return;
    }
    const fold = { mark, part, button };
    folds.push(fold);
    show(fold, false);
    button.addEventListener("click", () => show(fold, part.hasAttribute("hidden")));
    part.addEventListener("beforematch", () => show(fold, true));
  });
  const openTarget = () => {
    let name = "";
    try {
      name = decodeURIComponent(location.hash.slice(1));
    } catch (error) {
      return;
    }
    const target = name && document.getElementById(name);
    const holds = (one) => one.part.contains(target) || one.mark.previousElementSibling.contains(target);
    const fold = target && folds.find(holds);
    if (!fold) return;
    show(fold, true);
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", () => folds.forEach((fold) => show(fold, true)));
  openTarget();
})();
