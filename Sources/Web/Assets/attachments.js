// Evidence in pieces (tus 1.0): progress, pause, retry, several files, drag and drop; a reload or a lost line costs
// nothing. Without this script the same form sends the file in one go.
(function () {
  "use strict";
  const forms = Array.from(document.querySelectorAll('form[enctype="multipart/form-data"][action$="/evidence"]'));
  if (!forms.length || !window.XMLHttpRequest || !window.Blob || !Blob.prototype.slice) return;
  const first = 512 * 1024, most = 4 * 1024 * 1024, parallel = 2;
  const queue = [], shown = [];
  let running = 0, texts = {}, mostBytes = 20 * 1024 * 1024;
  const say = (key, values) =>
    (texts[key] || "").replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? values[name] : all));

  // What survives a reload: addresses in localStorage, the bytes themselves in IndexedDB where there is one.
  const memory = {
    key: (upload) => "heng-upload:" + [upload.action, upload.requirement, upload.file.name, upload.file.size, upload.file.lastModified].join("|"),
    get(upload) { try { return localStorage.getItem(this.key(upload)); } catch { return null; } },
    set(upload) { try { localStorage.setItem(this.key(upload), upload.address); } catch { /* a full store only costs the resuming */ } },
    drop(upload) { try { localStorage.removeItem(this.key(upload)); } catch { /* nothing was kept */ } },
  };
  const shelf = {
    open() {
      this.ready = this.ready || new Promise((resolve, reject) => {
        const asked = indexedDB.open("heng-uploads", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("files", { keyPath: "key" });
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      return this.ready;
    },
    async act(mode, body) {
      try {
        const base = await this.open();
        return await new Promise((resolve, reject) => {
          const asked = body(base.transaction("files", mode).objectStore("files"));
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error);
        });
      } catch { return undefined; }
    },
    put(upload) {
      const { action, requirement, file } = upload;
      return this.act("readwrite", (store) => store.put({ key: memory.key(upload), action, requirement, file, at: Date.now() }));
    },
    drop(upload) { return this.act("readwrite", (store) => store.delete(memory.key(upload))); },
    all() { return this.act("readonly", (store) => store.getAll()); },
  };

  const size = (bytes) => bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  const requirementOf = (form) => { const field = form.elements.namedItem("requirement"); return field ? field.value : ""; };

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  class FileUpload {
    constructor(form, file) {
      Object.assign(this, { form, file, action: form.getAttribute("action"), requirement: requirementOf(form) });
      Object.assign(this, { offset: 0, piece: first, failures: 0, state: "waiting", address: null, request: null, timer: 0 });
      this.row = element("li", "upload");
      this.bar = element("progress", "upload-bar");
      this.bar.max = file.size || 1;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", file.name);
      this.status = element("span", "upload-status");
      this.status.setAttribute("role", "status");
      this.rate = element("span", "upload-rate num");
      this.pauseButton = element("button", "button", say("pause"));
      this.cancelButton = element("button", "button", say("cancel"));
      for (const button of [this.pauseButton, this.cancelButton]) {
        button.type = "button";
        button.setAttribute("aria-label", button.textContent + " " + file.name);
      }
      this.pauseButton.addEventListener("click", () => (this.state === "paused" || this.state === "failed" ? this.resume() : this.pause()));
      this.cancelButton.addEventListener("click", () => this.cancel());
      const head = element("span", "upload-name", file.name);
      this.row.append(head, this.bar, this.status, this.rate, this.pauseButton, this.cancelButton);
      list(form).append(this.row);
      shown.push(this);
    }

    show(state, text) {
      this.state = state;
      this.row.dataset.state = state;
      if (this.status.textContent !== text) this.status.textContent = text;
      this.pauseButton.textContent = state === "paused" ? say("resume") : state === "failed" ? say("again") : say("pause");
      this.pauseButton.setAttribute("aria-label", this.pauseButton.textContent + " " + this.file.name);
    }

    progress(bytes) {
      this.bar.value = bytes;
      const percent = this.file.size ? Math.floor((bytes * 100) / this.file.size) : 0;
      const seconds = (Date.now() - this.since) / 1000;
      const rate = seconds > 0.5 ? (bytes - this.sinceOffset) / seconds : 0;
      this.rate.textContent = rate > 0
        ? say("progress_rate", { percent, rate: size(rate), rest: Math.ceil((this.file.size - bytes) / rate) })
        : percent + "%";
    }

    send(method, address, headers, body) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open(method, address);
        request.setRequestHeader("Tus-Resumable", "1.0.0");
        request.setRequestHeader("Accept", "application/json");
        for (const name of Object.keys(headers || {})) request.setRequestHeader(name, headers[name]);
        if (body) {
          request.timeout = 120000;
          request.upload.onprogress = (event) => this.progress(this.offset + Math.min(event.loaded, body.size));
        } else request.timeout = 30000;
        request.onload = () => resolve(request);
        request.onerror = request.ontimeout = () => reject(new Error("line"));
        request.onabort = () => reject(new Error("stopped"));
        request.send(body || null);
      });
    }

    async run() {
      this.since = Date.now();
      this.sinceOffset = this.offset;
      this.show("sending", say("sending"));
      try {
        this.address = this.address || memory.get(this);
        if (this.address) await this.ask(); else await this.create();
        while (this.state === "sending" && this.offset < this.file.size) await this.push();
        if (this.state === "sending") await this.finish();
      } catch (fault) {
        this.fault(fault);
      }
    }

    async create() {
      const coded = (text) => btoa(unescape(encodeURIComponent(text)));
      const metadata = ["filename " + coded(this.file.name)];
      if (this.requirement) metadata.push("requirement " + coded(this.requirement));
      const answer = await this.send("POST", this.action.replace(/evidence$/, "uploads"), {
        "Upload-Length": String(this.file.size), "Upload-Metadata": metadata.join(","),
      });
      if (answer.status !== 201) throw answer;
      this.address = new URL(answer.getResponseHeader("Location"), location.href).pathname;
      this.offset = 0;
      memory.set(this);
      shelf.put(this);
    }

    async ask() {
      const answer = await this.send("HEAD", this.address);
      if (answer.status === 404) {
        memory.drop(this);
        this.address = null;
        return this.create();
      }
      if (answer.status !== 200) throw answer;
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.sinceOffset = this.offset;
      this.since = Date.now();
      this.progress(this.offset);
    }

    async push() {
      const body = this.file.slice(this.offset, this.offset + this.piece);
      const started = Date.now();
      const answer = await this.send("PATCH", this.address, {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset),
      }, body);
      if (answer.status === 409 || answer.status === 423) return this.ask();
      if (answer.status !== 204) throw answer;
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.failures = 0;
      if (Date.now() - started < 1500) this.piece = Math.min(this.piece * 2, most);
      this.progress(this.offset);
    }

    async finish() {
      memory.drop(this);
      shelf.drop(this);
      this.show("done", say("done"));
      this.progress(this.file.size);
      this.pauseButton.remove();
      this.cancelButton.remove();
      await refresh(this.form);
      setTimeout(() => this.row.remove(), 4000);
    }

    // A refusal is final and says why; everything else is tried again, later and later.
    fault(fault) {
      if (this.state === "paused" || this.state === "cancelled") return;
      const status = fault && fault.status;
      const passing = !status || status >= 500 || [408, 423, 429, 460].includes(status);
      if (status === 401) return this.show("failed", say("signed_out"));
      if (!passing) {
        let reason = "";
        try { reason = JSON.parse(fault.responseText).detail; } catch { /* an answer without a reason */ }
        memory.drop(this);
        shelf.drop(this);
        this.address = null;
        return this.show("failed", say("refused", { reason: reason || String(status) }));
      }
      this.failures += 1;
      this.piece = Math.max(this.piece / 2, 64 * 1024);
      const seconds = Math.min(60, 2 ** Math.min(this.failures, 6)) * (0.75 + Math.random() / 2);
      this.show("retrying", say("retrying", { seconds: Math.ceil(seconds) }));
      this.timer = setTimeout(() => this.resume(), seconds * 1000);
    }

    pause() {
      clearTimeout(this.timer);
      this.show("paused", say("paused"));
      if (this.request) this.request.abort();
    }

    resume() {
      clearTimeout(this.timer);
      if (this.state === "sending" || this.state === "done" || this.state === "cancelled") return;
      this.show("waiting", say("waiting"));
      if (!queue.includes(this)) queue.push(this);
      next();
    }

    async cancel() {
      clearTimeout(this.timer);
      this.state = "cancelled";
      if (this.request) this.request.abort();
      memory.drop(this);
      shelf.drop(this);
      this.row.remove();
      const at = queue.indexOf(this);
      if (at >= 0) queue.splice(at, 1);
      if (this.address) { try { await this.send("DELETE", this.address); } catch { /* it expires by itself */ } }
    }
  }

  async function next() {
    while (running < parallel && queue.length) {
      const upload = queue.shift();
      if (upload.state !== "waiting") continue;
      running += 1;
      upload.run().finally(() => { running -= 1; next(); });
    }
  }

  function list(form) {
    let found = form.nextElementSibling;
    if (!found || !found.matches("ul.uploads")) {
      found = element("ul", "uploads");
      form.after(found);
    }
    return found;
  }

  function take(form, files) {
    for (const file of files) {
      const upload = new FileUpload(form, file);
      if (!file.size) upload.show("failed", say("empty"));
      else if (file.size > mostBytes) upload.show("failed", say("too_large", { limit: mostBytes / 1048576 }));
      else { upload.show("waiting", say("waiting")); queue.push(upload); }
      if (upload.state === "failed") upload.pauseButton.remove();
    }
    next();
  }

  // The list of files beside the form, as the server shows it now; the rest of the page and what is typed stay.
  async function refresh(form) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const twin = Array.from(page.querySelectorAll("form")).find((other) =>
        other.getAttribute("action") === form.getAttribute("action") && other.enctype === form.enctype && requirementOf(other) === requirementOf(form));
      const here = form.closest(".requirement"), there = twin && twin.closest(".requirement");
      const old = here && here.querySelector(".papers"), fresh = there && there.querySelector(".papers");
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      document.dispatchEvent(new CustomEvent("heng:evidence", { detail: { action: form.getAttribute("action") } }));
    } catch { /* the next load shows it */ }
  }

  function enhance(form) {
    const input = form.querySelector('input[type="file"]');
    const button = form.querySelector('button[type="submit"], button:not([type])');
    if (!input) return;
    input.multiple = true;
    if (button) button.hidden = true;
    const zone = form.closest(".requirement") || form;
    zone.classList.add("upload-zone");
    form.append(element("p", "hint upload-hint", say("drop")));
    input.addEventListener("change", () => { take(form, Array.from(input.files)); input.value = ""; });
    form.addEventListener("submit", (event) => { event.preventDefault(); take(form, Array.from(input.files)); input.value = ""; });
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("upload-over"); });
    zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("upload-over"); });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("upload-over");
      take(form, Array.from(event.dataTransfer ? event.dataTransfer.files : []));
    });
  }

  async function begin() {
    try {
      const answer = await fetch("/uploads/texts", { credentials: "same-origin" });
      const found = await answer.json();
      texts = found.texts;
      mostBytes = found.mostBytes;
    } catch { return; }
    forms.forEach(enhance);
    // A file that falls beside every zone must not replace the page.
    for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
    addEventListener("online", () => shown.forEach((upload) => upload.state === "retrying" && upload.resume()));
    addEventListener("beforeunload", (event) => {
      if (document.querySelector('.upload[data-state="sending"]') && !window.indexedDB) event.preventDefault();
    });
    for (const kept of (await shelf.all()) || []) {
      const form = forms.find((other) => other.getAttribute("action") === kept.action && requirementOf(other) === kept.requirement);
      const isOld = Date.now() - kept.at > 7 * 86400000;
      if (form && !isOld) take(form, [kept.file]);
      else if (isOld) shelf.act("readwrite", (store) => store.delete(kept.key));
    }
  }

  begin();
})();

// The viewer: pages beside the text, zoom, and the page that matters.
(function () {
  "use strict";
  const viewers = document.querySelectorAll("[data-viewer]");
  viewers.forEach((viewer) => {
    const sheets = Array.from(viewer.querySelectorAll("[data-page]"));
    const field = viewer.querySelector("[data-goto]");
    const stage = viewer.querySelector("[data-stage]");
    let zoom = 100;
    function go(page) {
      const sheet = sheets.find((other) => other.dataset.page === String(page));
      if (!sheet) return;
      sheet.scrollIntoView({ block: "start" });
      if (field) field.value = page;
      viewer.querySelectorAll("[data-thumb]").forEach((thumb) => {
        if (thumb.dataset.thumb === String(page)) thumb.setAttribute("aria-current", "page");
        else thumb.removeAttribute("aria-current");
      });
    }
    viewer.querySelectorAll("[data-zoom]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        zoom = button.dataset.zoom === "fit" ? 100 : Math.max(50, Math.min(300, zoom + Number(button.dataset.zoom)));
        stage.dataset.scale = String(zoom);
        stage.className = stage.className.replace(/ ?zoom-\d+/g, "") + " zoom-" + zoom;
      });
    });
    viewer.querySelectorAll("[data-thumb], [data-page-link]").forEach((link) => {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(link.dataset.thumb || link.dataset.pageLink);
      });
    });
    if (field) field.addEventListener("change", () => go(Number(field.value)));
    const asked = new URLSearchParams(location.search).get("page") || viewer.dataset.start;
    if (asked && asked !== "1") go(asked);
  });
})();

// While a file is being read the page asks how far it is, and shows the findings when it is done.
(function () {
  "use strict";
  const waiting = Array.from(document.querySelectorAll("[data-reading-state]"));
  if (!waiting.length) return;
  let tries = 0;
  async function look() {
    tries += 1;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelectorAll("[data-evidence-card]").forEach((card) => {
        const fresh = page.querySelector('[data-evidence-card="' + CSS.escape(card.dataset.evidenceCard) + '"]');
        if (fresh && fresh.innerHTML !== card.innerHTML && !card.contains(document.activeElement)) {
          card.replaceWith(document.adoptNode(fresh));
        }
      });
    } catch { /* asked again below */ }
    if (document.querySelector("[data-reading-state]") && tries < 200) setTimeout(look, Math.min(2000 + tries * 500, 15000));
  }
  setTimeout(look, 2000);
})();

// Beside every file that a page lists: how far it is read, and what was found in it.
(function () {
  "use strict";
  async function mark(root) {
    const papers = Array.from((root || document).querySelectorAll(".paper")).filter((paper) => !paper.closest("[data-evidence-card]"));
    const byDigest = new Map();
    for (const paper of papers) {
      const code = paper.querySelector("code[title]");
      if (code && /^[0-9a-f]{64}$/.test(code.title)) byDigest.set(code.title, (byDigest.get(code.title) || []).concat(paper));
    }
    if (!byDigest.size) return;
    let found;
    try {
      const answer = await fetch("/uploads/states?digests=" + Array.from(byDigest.keys()).slice(0, 100).join(","), { credentials: "same-origin" });
      if (!answer.ok) return;
      found = await answer.json();
    } catch { return; }
    let pending = false;
    for (const [digest, elements] of byDigest) {
      const state = found[digest];
      if (!state) continue;
      pending = pending || state.isPending;
      for (const paper of elements) {
        let box = paper.querySelector(".paper-reading");
        if (!box) { box = document.createElement("div"); box.className = "paper-reading"; paper.append(box); }
        const head = document.createElement("a");
        head.href = state.href;
        head.textContent = state.state;
        head.className = "state state-" + state.tone;
        box.replaceChildren(head);
        if (!state.lines.length) continue;
        const list = document.createElement("ul");
        for (const line of state.lines) {
          const item = document.createElement("li");
          const text = document.createElement(line.href ? "a" : "span");
          if (line.href) text.href = line.href;
          text.textContent = line.text;
          item.className = "state-" + line.tone;
          item.append(text);
          list.append(item);
        }
        box.append(list);
      }
    }
    if (pending) setTimeout(() => mark(root), 4000);
  }
  mark();
  document.addEventListener("heng:evidence", () => mark());
})();
