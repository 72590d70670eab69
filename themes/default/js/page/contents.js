// The contents of a page stay at hand, and fold again when one of them was chosen or the focus goes on, so that they do not lie on
// what it leads to.
(() => {
  const contents = document.querySelector(".contents");
  if (!contents) return;
  const fold = () => {
    contents.querySelector("details").open = false;
  };
  contents.classList.add("at-hand");
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold();
  });
  contents.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !contents.contains(relatedTarget)) fold();
  });
})();
