// documents made from data, and eligibility
(() => {
  for (const form of document.querySelectorAll("[data-paper-upload]")) {
    const status = form.querySelector("[data-paper-status]");
    const file = form.querySelector('input[type="file"]');
    form.addEventListener("submit", (event) => {
      const chosen = file.files[0];
      if (chosen && chosen.size > 20 * 1024 * 1024) {
        event.preventDefault();
        status.textContent = status.dataset.large;
        return;
      }
      status.textContent = status.dataset.busy;
      form.querySelector("button").disabled = true;
    });
  }
})();
