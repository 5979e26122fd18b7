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
    case "Enter": {
      if (target.closest("a, button, summary, input, label")) return;
      const item = document.getElementById("desk-item");
      if (!item) return;
      item.scrollIntoView({ block: "start" });
      item.focus();
      break;
    }
    case "[": turn(-1); break;
    case "]": turn(1); break;
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

  // Pages of the open file are turned in place; the links beside them do the same without script.
  const preview = desk.querySelector("[data-preview]");
  function turn(step) {
    if (!preview) return;
    show(Number(preview.dataset.page) + step);
  }
  function show(page) {
    const count = Number(preview.dataset.count);
    const image = preview.querySelector("[data-sheet-image]");
    if (!image || page < 1 || page > count) return;
    preview.dataset.page = String(page);
    image.src = `${preview.dataset.pages}${page}.png`;
    const title = preview.querySelector("[data-page-title]");
    title.textContent = title.textContent.replace(/\d+/, String(page));
    image.alt = `${preview.querySelector(".desk-preview-name").textContent} ${title.textContent}`;
    preview.querySelector(".desk-sheet").scrollTop = 0;
    for (const link of preview.querySelectorAll("[data-turn]")) {
      const there = page + Number(link.dataset.turn);
      link.hidden = there < 1 || there > count;
    }
    const address = new URL(location.href);
    address.searchParams.set("sheet", String(page));
    history.replaceState(null, "", address);
  }
  if (preview) {
    preview.addEventListener("click", (event) => {
      const link = event.target.closest("[data-turn]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      turn(Number(link.dataset.turn));
    });
    // A finding's page is shown at once when its file is the open one.
    desk.addEventListener("click", (event) => {
      const link = event.target.closest(".evidence-lines a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const asked = new URL(link.href, location.href).searchParams;
      if (!preview.dataset.pages.includes(asked.get("file") || "-")) return;
      event.preventDefault();
      show(Number(asked.get("sheet")));
      preview.scrollIntoView({ block: "nearest" });
    });
  }

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
