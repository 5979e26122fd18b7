// Heng's own script: everything works without it; with it, pages answer faster.
(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const toasts = document.querySelector(".toasts");

  function toast(text) {
    if (!toasts) return;
    const box = document.createElement("div");
    box.className = "toast";
    box.textContent = text;
    toasts.append(box);
    setTimeout(() => box.remove(), 4000);
  }
  window.hengToast = toast;

  // Copying: digests, keys, commands.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      toast(toasts.dataset.copied);
    } catch {
      toast(toasts.dataset.failed);
    }
  });

  // Filters are folded away on a phone.
  if (matchMedia("(max-width: 860px)").matches) all("[data-fold-narrow]").forEach((fold) => { fold.open = false; });

  // A choice in a filter applies at once.
  all("form.filters select, form.queue-filters select").forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit ? select.form.requestSubmit() : select.form.submit());
  });

  // A row named in the address opens itself; one button opens all.
  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView({ block: "start" }); }
  }
  addEventListener("hashchange", openTarget);
  openTarget();
  all("[data-open-all]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const rows = all(".sheet-row");
      const open = rows.some((row) => !row.open);
      rows.forEach((row) => { row.open = open; });
    });
  });
  addEventListener("beforeprint", () => all(".sheet-row, .chart details").forEach((row) => { row.open = true; }));

  // Heat table: arrow keys walk from cell to cell.
  all("[data-heat]").forEach((table) => {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const cell = event.target.closest("td, th");
      if (!step || !cell) return;
      const row = table.rows[cell.parentElement.rowIndex + step[0]];
      const next = row && row.cells[cell.cellIndex + step[1]];
      const link = next && next.querySelector("a");
      if (link) { event.preventDefault(); link.focus(); }
    });
  });

  // The review queue by keys: j next, k previous, a verify, r return.
  const review = document.querySelector("[data-review]");
  if (review) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      const items = all(".review-list a", review);
      const at = items.findIndex((item) => item.hasAttribute("aria-current"));
      if (event.key === "j" && items[at + 1]) items[at + 1].click();
      else if (event.key === "k" && items[at - 1]) items[at - 1].click();
      else if (event.key === "a" || event.key === "r") {
        const act = review.querySelector(`[data-key="${event.key}"]`);
        if (!act) return;
        event.preventDefault();
        if (event.key === "r") act.click();
        const field = act.closest("form, details").querySelector("textarea, input:not([type=hidden])");
        if (field) field.focus();
      }
    });
  }

  // Computing: the form starts a job over the API, its events fill the bar; without script the form posts.
  all("[data-compute]").forEach((form) => {
    const card = form.closest(".compute");
    const box = card.querySelector("[data-progress]");
    const text = card.querySelector("[data-progress-text]");
    const figure = card.querySelector("[data-progress-figure]");
    const bar = box.querySelector("progress");
    const steps = JSON.parse(card.dataset.steps || "{}");
    function follow(address) {
      const source = new EventSource(address);
      source.addEventListener("progress", (message) => {
        const event = JSON.parse(message.data);
        const part = event.total > 0 ? event.done / event.total : 0;
        const percent = Math.min(99, Math.max(0, ((event.position - 1 + part) / event.steps) * 100));
        bar.value = percent;
        figure.textContent = Math.round(percent) + "%";
        text.textContent = (steps[event.step] || "") + (event.total > 1 ? ` ${event.done} / ${event.total}` : "");
      });
      source.addEventListener("end", (message) => {
        source.close();
        const finished = JSON.parse(message.data).state === "finished";
        bar.value = finished ? 100 : bar.value;
        figure.textContent = finished ? "100%" : "";
        text.textContent = finished ? text.dataset.done : text.dataset.stopped;
        setTimeout(() => location.reload(), 800);
      });
    }
    if (card.dataset.events) follow(card.dataset.events);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      box.hidden = false;
      text.textContent = text.dataset.starting;
      try {
        const answer = await fetch(form.dataset.compute, { method: "POST", headers: { Accept: "application/json" } });
        const body = await answer.json();
        if (!answer.ok) throw new Error(body.detail || body.title);
        follow(`${form.dataset.compute}/${body.id}/events`);
      } catch (fault) {
        text.textContent = fault.message || text.dataset.stopped;
        button.disabled = false;
      }
    });
  });

  // Inclusion proofs are recomputed here, in the reader's browser (RFC 9162 §2.1.3.2).
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  async function hash(prefix, ...parts) {
    const length = parts.reduce((sum, part) => sum + part.length, 1);
    const joined = new Uint8Array(length);
    joined[0] = prefix;
    let at = 1;
    for (const part of parts) { joined.set(part, at); at += part.length; }
    return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
  }
  async function rootOf(proof) {
    let node = await hash(0, new TextEncoder().encode(proof.leaf));
    let index = proof.index, last = proof.size - 1;
    for (const step of proof.path.map(bytes)) {
      if (last === 0) return "";
      if (index % 2 === 1 || index === last) {
        node = await hash(1, step, node);
        while (index % 2 === 0 && index !== 0) { index = Math.floor(index / 2); last = Math.floor(last / 2); }
      } else {
        node = await hash(1, node, step);
      }
      index = Math.floor(index / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 ? hex(node) : "";
  }
  all("[data-inclusion]").forEach((card) => {
    const button = card.querySelector("[data-check]");
    if (!button || !window.crypto || !crypto.subtle) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const proof = JSON.parse(card.dataset.inclusion);
      const good = (await rootOf(proof)) === proof.root;
      card.querySelector("[data-check-good]").hidden = !good;
      card.querySelector("[data-check-wrong]").hidden = good;
    });
  });
})();
