// Part of the preview, not of the site. Loads the page again when it has become another one, changes its styles when they
// have, closes the messages with Escape, and tells a screen reader once that something is wrong. All of it can be read
// without this script.
(() => {
  const { generation } = document.currentScript.dataset;
  const bar = document.querySelector("folkmoot-preview")?.shadowRoot ?? document;
  let shown = { generation, seen: document.currentScript.dataset.seen };

  // The answer comes when there is something new, or after a while with the same number.
  async function change(signal) {
    const asked = new URLSearchParams({ after: shown.generation, page: location.pathname, seen: shown.seen });
    const answer = await fetch(`/_folkmoot/change?${asked}`, { cache: "no-store", signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  // The old styles stay until the new ones are there, so that nobody sees the page without.
  function restyle(addresses) {
    document.querySelectorAll("link[rel=stylesheet]").forEach((old, index) => {
      const link = old.cloneNode();
      const isSame = link.getAttribute("href") === addresses[index];
      link.href = isSame ? `${addresses[index]}?${shown.generation}` : addresses[index];
      link.addEventListener("load", () => old.remove());
      old.after(link);
    });
  }

  // A browser opens only six connections to one server, so a page that nobody sees does not keep one.
  async function wait() {
    const stop = new AbortController();
    const hide = () => stop.abort();
    document.addEventListener("visibilitychange", hide, { once: true });
    try {
      const { what, styles, ...now } = await change(stop.signal);
      if (what === "page") {
        location.reload();
        return;
      }
      shown = now;
      if (what === "style") restyle(styles);
    } catch {
      // The preview was stopped, or the page was hidden: try again soon, in case it comes back.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    document.removeEventListener("visibilitychange", hide);
    if (document.hidden) {
      document.addEventListener("visibilitychange", wait, { once: true });
    } else {
      wait();
    }
  }

  // What was closed stays closed on other pages, until the site is made anew.
  function once(name) {
    const key = `folkmoot-${name}`;
    try {
      const isFirst = sessionStorage.getItem(key) !== generation;
      sessionStorage.setItem(key, generation);
      return isFirst;
    } catch {
      return true;
    }
  }

  const panel = bar.querySelector("details");
  if (panel) {
    try {
      if (sessionStorage.getItem("folkmoot-closed") === generation) panel.open = false;
    } catch {
      // Without a memory the messages open on every page.
    }
    panel.addEventListener("toggle", () => panel.open || once("closed"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open) return;
      const hadFocus = panel.contains(bar.activeElement);
      panel.open = false;
      if (hadFocus) panel.querySelector("summary").focus();
    });
  }

  // Words that stand in a page from the beginning are not announced; words that come later are.
  const alert = bar.querySelector("[role=alert]");
  if (alert && once("announced")) {
    setTimeout(() => alert.replaceWith(alert.cloneNode(true)), 300);
  }

  if (document.hidden) {
    document.addEventListener("visibilitychange", wait, { once: true });
  } else {
    wait();
  }
})();
