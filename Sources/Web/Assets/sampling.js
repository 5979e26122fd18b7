// verification by sample: keys for judging, uploads that begin with the choice of a file
(() => {
  const judge = document.querySelector("[data-judge]");
  if (judge) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      if (event.key === "g") {
        const good = judge.querySelector("[data-judge-good]");
        if (good) { event.preventDefault(); good.click(); }
      } else if (event.key === "b") {
        const reason = judge.querySelector(".judge-bad select");
        if (reason) { event.preventDefault(); reason.focus(); }
      } else if (event.key === "s") {
        const skip = judge.querySelector("[data-judge-skip]");
        if (skip) { event.preventDefault(); skip.click(); }
      }
    });
    // Nobody judges a row twice by clicking twice.
    judge.querySelectorAll("form").forEach((form) => form.addEventListener("submit", () => {
      setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }), 0);
    }));
  }
  document.querySelectorAll("[data-proof-upload]").forEach((form) => {
    const file = form.querySelector("input[type=file]");
    const status = form.querySelector("[role=status]");
    file.addEventListener("change", () => {
      if (!file.files.length) return;
      status.textContent = form.dataset.working;
      form.submit();
    });
  });
})();
