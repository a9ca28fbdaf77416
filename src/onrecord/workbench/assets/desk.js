// Keys of the reviewing desk. Everything works without: this only presses what is there.
"use strict";
(() => {
  const OFF = "onrecord-keys-off";
  const MOVES = "jk";
  let at = -1;
  let busy = false; // a judgement is on its way: keys wait for what it shows
  const items = () => [...document.querySelectorAll(".item")];
  const dialog = () => document.getElementById("keys");

  function isOff() {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  }

  function choose(step) {
    const all = items();
    if (!all.length) return false;
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all.forEach((item, i) => item.classList.toggle("at", i === at));
    all[at].scrollIntoView({ block: "nearest" });
    return true;
  }

  // the button of a key: of the chosen item if it has one, else of the page; one that is folded away is shown first, and not pressed
  function press(key) {
    const named = `[data-key="${CSS.escape(key)}"]`;
    const chosen = items()[at];
    const found = (chosen && chosen.querySelector(named)) || [...document.querySelectorAll(named)].find((e) => !e.closest(".item"));
    if (!found) return false;
    const closed = found.closest("details:not([open])");
    if (closed) { closed.open = true; found.focus(); }
    else if (found.matches("input")) { found.focus(); found.select(); }
    else found.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || busy) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key !== "?" && isOff()) return;
    if (event.repeat && !MOVES.includes(event.key)) return; // a key that is held down judges once
    const chosen = items()[at];
    let did = false;
    if (event.key === "?") { dialog().showModal(); did = true; }
    else if (event.key === "Enter" && chosen && !event.target.closest("a, button, summary")) {
      const link = chosen.querySelector("[data-open]");
      if (link) { link.click(); did = true; }
    } else if (MOVES.includes(event.key)) did = press(event.key) || choose(event.key === "j" ? 1 : -1);
    else if (event.key.length === 1) did = press(event.key);
    if (did) event.preventDefault();
  });

  function ready() {
    at = -1;
    busy = false;
    const button = document.getElementById("keys-button");
    if (button) { button.hidden = false; button.onclick = () => dialog().showModal(); }
    if (innerWidth < 768) document.querySelectorAll("details[data-idle]").forEach((fold) => { fold.open = false; fold.removeAttribute("data-idle"); });
    const on = document.getElementById("keys-on");
    if (on) {
      on.checked = !isOff();
      on.onchange = () => { try { localStorage.setItem(OFF, on.checked ? "0" : "1"); } catch { /* then they stay on */ } };
    }
  }

  document.addEventListener("DOMContentLoaded", ready);
  window.addEventListener("pageshow", () => { busy = false; });
  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", () => { busy = false; });
  document.addEventListener("htmx:afterSettle", () => {
    ready();
    const done = document.querySelector(".done");
    if (done && document.activeElement === document.body) done.focus({ preventScroll: true });
  });
  // a form of the foot leads back to the page as it is shown now, its filters too
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post") busy = true;
    const back = event.target.closest(".foot") && event.target.querySelector("input[name=back]");
    if (back) back.value = location.pathname + location.search;
  });
})();
