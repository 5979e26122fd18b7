(() => {
  "use strict";
  // A form that was begun is not lost by a slip of the finger, and is not sent twice.
  for (const form of document.querySelectorAll("form[data-dossier-form][method=post]")) {
    let begun = false;
    let sent = false;
    form.addEventListener("input", () => { begun = true; });
    form.addEventListener("submit", (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      begun = false;
      window.setTimeout(() => { sent = false; }, 4000);
    });
    window.addEventListener("beforeunload", (event) => { if (begun) event.preventDefault(); });
  }
})();
