// The contents of a page fold again when one of them was chosen, so that they do not lie on what it leads to.
(() => {
  const contents = document.querySelector(".contents");
  if (!contents) return;
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) contents.querySelector("details").open = false;
  });
})();
