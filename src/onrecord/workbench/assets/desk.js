// Keys of the reviewing desk. Everything works without: this only presses what is there.
"use strict";
(() => {
  let at = -1;
  const items = () => [...document.querySelectorAll(".item")];

  function choose(step) {
    const all = items();
    if (!all.length) return false;
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all.forEach((item, i) => item.classList.toggle("at", i === at));
    all[at].scrollIntoView({ block: "nearest" });
    return true;
  }

  // the button of a key: of the chosen item if it has one, else of the page
  function press(key) {
    const named = `[data-key="${CSS.escape(key)}"]`;
    const chosen = items()[at];
    const found = (chosen && chosen.querySelector(named)) || [...document.querySelectorAll(named)].find((e) => !e.closest(".item"));
    if (!found) return false;
    const closed = found.closest("details:not([open])");
    if (closed) closed.open = true;
    if (found.matches("input")) { found.focus(); found.select(); } else found.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const chosen = items()[at];
    let did = false;
    if (event.key === "?") { document.getElementById("keys").showModal(); did = true; }
    else if (event.key === "Enter" && chosen && event.target === document.body) {
      const link = chosen.querySelector("[data-open]");
      if (link) { link.click(); did = true; }
    } else if (event.key === "j" || event.key === "k") did = press(event.key) || choose(event.key === "j" ? 1 : -1);
    else if (event.key.length === 1) did = press(event.key);
    if (did) event.preventDefault();
  });

  function ready() {
    at = -1;
    const button = document.getElementById("keys-button");
    if (button) { button.hidden = false; button.onclick = () => document.getElementById("keys").showModal(); }
  }
  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", ready);
})();
