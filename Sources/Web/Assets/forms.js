// The forms that companies fill in: every field saves itself, unsent text survives, colleagues merge.
(function () {
  "use strict";
  const page = document.querySelector("[data-fill]");
  if (!page) return;
  const words = page.querySelector("[data-form-words]").dataset;
  const say = (key, values) => Object.entries(values || {}).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key] || "");
  const prefix = `heng.draft:${page.dataset.account}:`;
  const uuid = () => crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const pageId = uuid();
  const bar = page.querySelector("[data-form-bar]");
  const net = { online: navigator.onLine, waits: 0, reason: "" };
  const forms = [];
  let typedSeconds = 0;
  let lastTyped = 0;

  // Unsent text, one entry a field, so that two tabs never overwrite each other's.
  const store = {
    key: (form, name) => `${prefix}${form.api}#${name}`,
    get(form, name) { try { return JSON.parse(localStorage.getItem(this.key(form, name))); } catch { return null; } },
    set(form, name, edit) { try { localStorage.setItem(this.key(form, name), JSON.stringify(edit)); } catch { net.reason = "full"; } },
    drop(form, name, id) { const edit = this.get(form, name); if (edit && edit.id === id) localStorage.removeItem(this.key(form, name)); },
    all(form) { return form.inputs.map((input) => this.get(form, input.name)).filter(Boolean); },
    unsent() {
      let count = 0;
      for (let at = 0; at < localStorage.length; at += 1) if (localStorage.key(at).startsWith(prefix)) count += 1;
      return count;
    },
  };

  function paintBar() {
    const waiting = store.unsent() + (window.hengRowsUnsent ? window.hengRowsUnsent() : 0);
    const away = !net.online || net.waits > 0;
    page.toggleAttribute("data-away", away);
    bar.querySelector("[data-unsent]").textContent = waiting === 0 ? "" : say(away ? "unsentAway" : "unsent", { count: waiting });
    bar.hidden = waiting === 0 && bar.querySelector("[data-others]").textContent === "";
  }
  window.hengFormBar = paintBar;
  window.hengForm = { say, uuid, page, net, seconds: () => { typed(); }, refresh: () => refresh() };

  function mark(form, state, text) {
    if (!form.mark) return;
    form.mark.hidden = false;
    form.mark.className = state === "wrong" ? "field-error save-mark" : `saved save-mark save-${state}`;
    form.mark.textContent = text;
  }

  const hintOf = (input) => document.getElementById(`${input.id}-hint`);
  function showError(input, text) {
    const box = hintOf(input);
    if (!box) return;
    const old = box.querySelector(".field-error");
    if (text) {
      input.setAttribute("aria-invalid", "true");
      if (old) { if (old.textContent !== text) old.textContent = text; return; }
      const line = document.createElement("p");
      line.className = "field-error";
      line.textContent = text;
      box.prepend(line);
    } else {
      input.removeAttribute("aria-invalid");
      if (old) old.remove();
    }
  }

  // What the reader can know without asking: digits, one point, no unit.
  const plain = (text) => text.normalize("NFKC").trim();
  function check(input) {
    const text = plain(input.value);
    if (input.tagName === "SELECT" || text === "" || /^-?\d+(\.\d+)?$/.test(text)) return null;
    return say("notNumber", { given: text });
  }

  function paintOrigin(form, input) {
    const box = hintOf(input);
    if (!box) return;
    const old = box.querySelector(".field-origin");
    if (old) old.remove();
    const origin = form.origins[input.name];
    if (!origin || input.readOnly || input.disabled) return;
    const line = document.createElement("p");
    line.className = "field-origin";
    const text = document.createElement("span");
    text.textContent = say(origin);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = say("confirm");
    button.addEventListener("click", () => { edited(form, input); flush(form); });
    line.append(text, button);
    box.append(line);
  }

  // MARK: the same field changed by two people

  function showConflict(form, input, theirs) {
    let card = form.node.querySelector(`[data-merge="${CSS.escape(input.name)}"]`);
    const mine = input.value;
    const shown = (value) => {
      if (value === "") return say("empty");
      const option = input.tagName === "SELECT" && Array.from(input.options).find((one) => one.value === value);
      return option ? option.textContent : value;
    };
    const text = say("conflict", { name: theirs.byName, at: theirs.atText, theirs: shown(theirs.text), mine: shown(mine) });
    if (card && card.dataset.text === text) return;
    if (card) card.remove();
    card = document.createElement("div");
    card.className = "merge-card";
    card.dataset.merge = input.name;
    card.dataset.text = text;
    card.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = text;
    const acts = document.createElement("p");
    acts.className = "acts";
    const choose = (title, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = title;
      button.addEventListener("click", () => { card.remove(); act(); input.focus(); });
      acts.append(button);
    };
    choose(say("keepMine", { value: shown(mine) }), () => {
      form.versions[input.name] = theirs.version;
      localStorage.removeItem(store.key(form, input.name));
      edited(form, input);
      flush(form);
    });
    choose(say("takeTheirs", { value: shown(theirs.text) }), () => {
      localStorage.removeItem(store.key(form, input.name));
      form.versions[input.name] = theirs.version;
      input.value = theirs.text;
      showError(input, check(input));
      paintBar();
      flush(form);
    });
    card.append(line, acts);
    input.closest(".field").append(card);
    mark(form, "wrong", say("chooseOne"));
  }

  // MARK: saving

  function typed() {
    const now = Date.now();
    if (now - lastTyped > 1000) typedSeconds += lastTyped ? Math.min(30, Math.round((now - lastTyped) / 1000)) : 1;
    lastTyped = now;
  }

  function edited(form, input) {
    typed();
    const old = store.get(form, input.name);
    const base = old ? old.base : form.versions[input.name] || 0;
    // Texts that were sent before and whose answer has not come: what the server has of them is no colleague's.
    const sent = old ? [...(old.sent || []), old.text].slice(-20) : [];
    store.set(form, input.name, { figure: input.name, text: plain(input.value), base, id: uuid(), at: Date.now(), sent });
    showError(input, check(input));
    mark(form, "waiting", say("waiting"));
    paintBar();
  }

  function later(form, wait) {
    clearTimeout(form.timer);
    form.timer = setTimeout(() => flush(form), wait);
  }

  function failed(form, reason) {
    net.waits = Math.min(net.waits + 1, 6);
    mark(form, "away", say(reason));
    paintBar();
    later(form, Math.min(30000, 1000 * 2 ** net.waits) * (0.75 + Math.random() / 2));
  }

  async function flush(form) {
    clearTimeout(form.timer);
    if (form.busy) { form.again = true; return; }
    const edits = store.all(form).slice(0, 50);
    if (edits.length === 0) return;
    form.busy = true;
    mark(form, "saving", say("saving"));
    try {
      const answer = await fetch(form.api, {
        method: "PATCH", headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ edits: edits.map(({ id, figure, text, base }) => ({ id, figure, text, base })) }),
        keepalive: true, signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
      });
      if (answer.status >= 500 || answer.status === 429) { failed(form, "busy"); return; }
      const said = await answer.json();
      net.waits = 0;
      if (answer.ok) took(form, said, edits); else refused(form, answer, said);
    } catch {
      failed(form, "away");
    } finally {
      form.busy = false;
      if (form.again) { form.again = false; later(form, 50); }
    }
  }

  function refused(form, answer, said) {
    const text = answer.status === 401 ? say("signIn") : said.detail || said.title;
    for (const finding of said.findings || []) {
      const input = form.inputs.find((one) => one.name === finding.place);
      if (input) showError(input, finding.message);
    }
    mark(form, "wrong", text);
    paintBar();
  }

  function took(form, said, edits) {
    const fields = Object.fromEntries(said.fields.map((field) => [field.figure, field]));
    let conflicts = 0;
    for (const edit of said.edits) {
      const input = form.inputs.find((one) => one.name === edit.figure);
      const waiting = store.get(form, edit.figure);
      const there = fields[edit.figure];
      if (edit.fate === "conflict" && waiting && there && there.by === page.dataset.account && (waiting.sent || []).includes(there.text)) {
        store.set(form, edit.figure, { ...waiting, base: there.version, id: uuid() });
        form.versions[edit.figure] = there.version;
        form.again = true;
        continue;
      }
      if (edit.fate === "conflict" && input) {
        conflicts += 1;
        showConflict(form, input, fields[edit.figure]);
        continue;
      }
      store.drop(form, edit.figure, edit.id);
      const sent = edits.find((one) => one.id === edit.id);
      const rest = store.get(form, edit.figure);
      // What was typed while this travelled starts from what has just been saved.
      if (rest && sent && fields[edit.figure]) {
        rest.base = fields[edit.figure].version;
        store.set(form, edit.figure, rest);
        form.again = true;
      }
    }
    for (const field of said.fields) merge(form, field);
    for (const [id, value] of Object.entries(said.values)) {
      const shown = document.getElementById("figure-" + id.replaceAll(".", "-"));
      if (shown && shown.readOnly) shown.value = value;
    }
    for (const input of form.inputs) {
      const finding = said.findings.find((one) => one.place === input.name && one.severity !== "note");
      showError(input, finding ? finding.message : check(input));
    }
    const rest = said.findings.find((one) => one.severity === "error" && !form.inputs.some((input) => input.name === one.place));
    if (conflicts > 0) mark(form, "wrong", say("chooseOne"));
    else if (rest) mark(form, "wrong", rest.message);
    else if (said.findings.some((one) => one.severity === "error")) mark(form, "kept", say("kept", { at: said.savedAt }));
    else mark(form, "done", say("saved", { at: said.savedAt }));
    paintBar();
    clearTimeout(refresh.timer);
    refresh.timer = setTimeout(refresh, 900);
  }

  // A field as the server has it: shown unless this page has something newer of its own.
  function merge(form, field, isNews) {
    const input = form.inputs.find((one) => one.name === field.figure);
    if (!input || store.get(form, field.figure)) return;
    const changed = field.version > (form.versions[field.figure] || 0) && plain(input.value) !== field.text;
    form.versions[field.figure] = field.version;
    if (field.isConfirmed || field.origin === "typed") delete form.origins[field.figure]; else form.origins[field.figure] = field.origin;
    if (changed) {
      input.value = field.text;
      if (isNews) {
        input.classList.add("just-changed");
        setTimeout(() => input.classList.remove("just-changed"), 4000);
        bar.querySelector("[data-news]").textContent = say("changedBy", { name: field.byName, field: labelOf(input) });
      }
    }
    paintOrigin(form, input);
  }

  const labelOf = (input) => {
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    return label ? label.firstChild.textContent.trim() : input.name;
  };

  // What a reviewer would return, and how far each section is, follow what was saved.
  async function refresh() {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of [".fill-side", ".fill-nav"]) {
        const [now, then] = [page.querySelector(part), fresh.querySelector(part)];
        if (now && then && !now.contains(document.activeElement)) now.replaceChildren(...then.childNodes);
      }
      for (const cell of fresh.querySelectorAll(".fill-cell")) {
        const here = document.getElementById(cell.id);
        const [now, then] = [here && here.querySelector(".section-head .state"), cell.querySelector(".section-head .state")];
        if (now && then) now.replaceWith(then);
      }
    } catch { /* the next save tries again */ }
  }

  // MARK: colleagues

  let since = null;
  async function beat(isLeaving) {
    const active = document.activeElement;
    const body = JSON.stringify({
      page: pageId, field: active && active.name && !isLeaving ? active.name : "", seconds: Math.min(120, typedSeconds),
      since, isLeaving: Boolean(isLeaving),
    });
    const sentSeconds = Math.min(120, typedSeconds);
    try {
      const answer = await fetch(page.dataset.presence, {
        method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: true,
      });
      if (!answer.ok || isLeaving) return;
      typedSeconds -= sentSeconds;
      const said = await answer.json();
      since = said.at;
      if (net.waits > 0) { net.waits = 0; forms.forEach((form) => later(form, 50)); }
      const names = Array.from(new Set(said.others.map((one) => one.name)));
      const text = names.length ? say("alsoHere", { names: names.join(words.separator) }) : "";
      const place = bar.querySelector("[data-others]");
      if (place.textContent !== text) place.textContent = text;
      document.querySelectorAll(".field-busy").forEach((node) => node.remove());
      for (const other of said.others.filter((one) => one.field)) {
        const input = forms.flatMap((form) => form.inputs).find((one) => one.name === other.field);
        if (!input) continue;
        const note = document.createElement("span");
        note.className = "field-busy";
        note.textContent = say("isHere", { name: other.name });
        input.closest(".field").querySelector("label").append(note);
      }
      for (const change of said.changes) {
        const form = forms.find((one) => one.indicator === change.indicator);
        if (form) merge(form, change.field, true);
      }
      document.dispatchEvent(new CustomEvent("heng-lists", { detail: said.lists }));
      paintBar();
    } catch { /* the next beat tells */ }
  }

  // MARK: start

  for (const node of page.querySelectorAll("form[data-draft]")) {
    const form = {
      node, api: node.dataset.draft, indicator: node.dataset.indicator, versions: JSON.parse(node.dataset.versions || "{}"),
      origins: JSON.parse(node.dataset.origins || "{}"), mark: node.querySelector("[data-saved]"), timer: 0, busy: false, again: false,
      inputs: Array.from(node.querySelectorAll("input.input[name], select.input[name]")).filter((input) => input.name && !input.readOnly && input.type !== "hidden"),
    };
    if (form.inputs.length === 0) continue;
    forms.push(form);
    for (const input of form.inputs) {
      input.addEventListener("input", () => { edited(form, input); later(form, 600); });
      input.addEventListener("change", () => later(form, 100));
      const kept = store.get(form, input.name);
      if (kept) { input.value = kept.text; showError(input, check(input)); }
      paintOrigin(form, input);
    }
    node.addEventListener("submit", (event) => { event.preventDefault(); flush(form); });
    if (store.all(form).length) later(form, 200);
  }
  addEventListener("online", () => { net.online = true; net.waits = 0; forms.forEach((form) => later(form, 100)); paintBar(); });
  addEventListener("offline", () => { net.online = false; forms.filter((form) => store.all(form).length).forEach((form) => mark(form, "away", say("away"))); paintBar(); });
  addEventListener("pagehide", () => { forms.forEach((form) => flush(form)); beat(true); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  paintBar();
  if (page.dataset.mayEdit) {
    beat();
    setInterval(() => { if (!document.hidden) beat(); }, 8000);
  }
})();
