// The review desk by keys, and how many items are ticked.
(function () {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const links = () => Array.from(desk.querySelectorAll(".review-list li > a"));
  const boxes = () => Array.from(desk.querySelectorAll(".review-list input[type=checkbox]"));
  const current = () => links().findIndex((link) => link.hasAttribute("aria-current"));

  const bulk = document.querySelector("[data-desk-bulk]");
  const chosen = document.querySelector("[data-desk-chosen]");
  function count() {
    if (!bulk || !chosen) return;
    const ticked = boxes().filter((box) => box.checked).length;
    chosen.textContent = ticked > 0 ? String(ticked) : "";
    if (ticked > 0) bulk.open = true;
  }
  desk.addEventListener("change", (event) => { if (event.target.matches(".review-list input")) count(); });
  count();

  // Fields that the chosen action does not need are out of the way.
  const act = bulk && bulk.querySelector("[name=action]");
  function needs() {
    const code = bulk.querySelector("[name=reasonCode]");
    const to = bulk.querySelector("[name=to]");
    if (code) code.closest(".field").hidden = act.value !== "return";
    if (to) to.closest(".field").hidden = act.value !== "hand-over";
  }
  if (act) { act.addEventListener("change", needs); needs(); }

  const open = desk.querySelector(".review-list a[aria-current]");
  if (open) open.scrollIntoView({ block: "nearest" });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (target.tagName === "INPUT" && target.type !== "checkbox") return;
    const at = current();
    switch (event.key) {
    case "j": if (links()[at + 1]) links()[at + 1].click(); break;
    case "k": if (at > 0) links()[at - 1].click(); break;
    case "a": press("a"); break;
    case "u": press("u"); break;
    case "v": focusIn("v"); break;
    case "r": unfold("r", "textarea"); break;
    case "h": unfold("h", "select"); break;
    case "e": {
      const evidence = desk.querySelector('[data-key="e"]');
      if (evidence) { evidence.scrollIntoView({ block: "start" }); evidence.focus(); }
      break;
    }
    case "x": {
      const link = links()[at];
      const box = link && link.parentElement.querySelector("input[type=checkbox]");
      if (box) { box.checked = !box.checked; count(); }
      break;
    }
    case "?": {
      const keys = document.querySelector("[data-desk-keys]");
      if (keys) { keys.open = !keys.open; keys.scrollIntoView({ block: "nearest" }); }
      break;
    }
    default: return;
    }
    event.preventDefault();
  });

  function find(key) { return document.querySelector(`[data-key="${key}"]`); }
  function press(key) { const button = find(key); if (button) button.click(); }
  function focusIn(key) {
    const button = find(key);
    const field = button && button.form && button.form.querySelector("input:not([type=hidden]), textarea");
    if (field) field.focus();
  }
  function unfold(key, field) {
    const summary = find(key);
    if (!summary) return;
    summary.parentElement.open = true;
    const first = summary.parentElement.querySelector(field);
    if (first) first.focus();
  }
})();
