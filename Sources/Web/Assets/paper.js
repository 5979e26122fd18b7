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
  // A scan is being read: look again, but not while somebody writes or has chosen a file.
  const isQuiet = () => ![...document.querySelectorAll("main input, main textarea")].some(
    (field) => field === document.activeElement || (field.type !== "hidden" && field.value !== ""));
  const look = () => {
    if (isQuiet()) location.replace(location.pathname + location.search);
    else setTimeout(look, 3000);
  };
  if (document.querySelector("[data-paper-waiting]")) setTimeout(look, 3000);
})();
