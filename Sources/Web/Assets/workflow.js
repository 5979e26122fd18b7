(() => {
  "use strict";
  // Choosing rows: the head's place gets a box for all, and the button says how many are chosen.
  const form = document.querySelector("[data-workflow-list]");
  if (!form) return;
  const boxes = [...form.querySelectorAll('input[type="checkbox"][name^="p."]')];
  const head = form.querySelector("thead th .visually-hidden");
  const button = form.querySelector('button[value="preview"]');
  if (!boxes.length || !head || !button) return;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.textContent);
  head.replaceWith(all);
  const title = button.textContent;
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    button.textContent = count ? `${title} (${count})` : title;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
})();
