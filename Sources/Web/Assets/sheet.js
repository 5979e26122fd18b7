// Item lists: a table of which only the rows in sight are in the page; twenty thousand rows stay fluent.
(function () {
  "use strict";
  const page = document.querySelector("[data-fill]");
  const wordBox = document.querySelector("[data-sheet-words]");
  if (!page || !wordBox || !window.hengForm) return;
  const words = wordBox.dataset;
  const say = (key, values) => Object.entries(values || {}).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key] || "");
  const uuid = window.hengForm.uuid;
  const narrow = matchMedia("(max-width: 640px)");
  const make = (tag, name, text) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const grouped = (number) => Number(number).toLocaleString("en-US");

  // MARK: credit codes, GB 32100-2015 and GB 11714-1997
  const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  function codeFault(typed) {
    const text = typed.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
    if (text === "") return "";
    for (let at = 0; at < text.length; at += 1) {
      if (!letters.includes(text[at])) return say("codeCharacter", { position: at + 1, character: text[at] });
    }
    if (text.length !== 18) return say("codeLength", { count: text.length });
    const weights = [3, 7, 9, 10, 5, 8, 4, 2];
    const value = (letter) => /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55;
    let sum = 0;
    for (let at = 0; at < 8; at += 1) sum += value(text[8 + at]) * weights[at];
    const organisation = "0123456789X0"[(11 - (sum % 11)) % 11];
    if (text[16] !== organisation) return say("codeOrganisation", { expected: organisation });
    sum = 0;
    for (let at = 0, weight = 1; at < 17; at += 1, weight = (weight * 3) % 31) sum += letters.indexOf(text[at]) * weight;
    const last = letters[(31 - (sum % 31)) % 31];
    return text[17] === last ? "" : say("codeCheck", { expected: last });
  }

  // Tab-separated text as spreadsheets copy it: quoted cells may hold tabs and line breaks.
  function parseTable(text) {
    const rows = [];
    let row = [], cell = "", quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (quoted) {
        if (letter === '"' && text[at + 1] === '"') { cell += '"'; at += 1; } else if (letter === '"') quoted = false; else cell += letter;
      } else if (letter === '"' && cell === "") quoted = true;
      else if (letter === "\t") { row.push(cell); cell = ""; } else if (letter === "\n") { row.push(cell); rows.push(row); row = []; cell = ""; } else if (letter !== "\r") cell += letter;
    }
    if (cell !== "" || row.length) { row.push(cell); rows.push(row); }
    return rows.filter((one) => one.some((value) => value.trim() !== ""));
  }

  class Sheet {
    constructor(root) {
      this.root = root;
      this.api = root.dataset.sheet;
      this.mayEdit = Boolean(root.dataset.mayEdit);
      // After a return of single rows nothing is added, and only they are changed.
      this.mayReplace = Boolean(root.dataset.mayReplace);
      this.returned = null;
      this.rows = new Map();
      this.view = [];
      this.selected = new Set();
      this.undoable = [];
      this.queueKey = `heng.rows:${page.dataset.account}:${this.api}`;
      this.active = { at: 0, column: 0 };
      this.filter = "all";
      this.query = "";
      this.sort = null;
      this.next = -1;
      this.counts = { good: 0, faulty: 0, repeated: 0 };
      this.version = 0;
      this.waits = 0;
    }

    async start() {
      this.queue = this.readQueue();
      this.build();
      this.root.hidden = false;
      const plain = this.root.parentElement.querySelector("[data-sheet-plain]");
      if (plain) plain.hidden = true;
      try {
        this.choices = (await (await fetch(`${this.api}/choices`)).json()).choices || {};
        await this.load();
      } catch { this.say(say("away")); }
      if (this.queue.length || this.flying) this.flush();
    }

    // MARK: reading

    async load() {
      let after = 0;
      this.rows.clear();
      for (;;) {
        const answer = await fetch(`${this.api}/rows?after=${after}`);
        if (!answer.ok) throw new Error(String(answer.status));
        const said = await answer.json();
        if (!this.columns) { this.columns = said.columns; this.buildHead(); }
        this.take(said);
        if (said.next === null) break;
        after = said.next;
        this.say(say("loading", { done: grouped(this.rows.size) }));
      }
      this.say("");
      this.replay();
      this.arrange();
    }

    take(said) {
      for (const row of said.rows) this.rows.set(row.number, row);
      for (const number of said.removed) { this.rows.delete(number); this.selected.delete(number); }
      this.version = said.version;
      this.returned = said.returned || null;
      this.counts = { good: said.good, faulty: said.faulty, repeated: said.repeated };
      for (const [id, value] of Object.entries(said.values)) {
        const shown = document.getElementById("figure-" + id.replaceAll(".", "-"));
        if (shown) shown.value = value;
      }
      this.paintCounts();
    }

    async catchUp(version) {
      if (version <= this.version || this.flying || !this.columns) return;
      try {
        const said = await (await fetch(`${this.api}/rows?since=${this.version}`)).json();
        if (said.next !== null) { await this.load(); return; }
        this.take(said);
        this.replay();
        this.arrange();
      } catch { /* the next heartbeat tries again */ }
    }

    // What has not been sent yet stands on top of what the server has.
    replay() {
      for (const edit of [...(this.flying ? this.flying.edits : []), ...this.queue]) this.applyHere(edit);
    }

    applyHere(edit) {
      const number = edit.number || this.numberOf(edit.reference);
      if (edit.kind === "add") {
        if (!this.rows.has(number)) this.rows.set(number, { number, since: 0, standing: "waiting", origin: "typed", cells: this.columns.map((column) => edit.fields[column.id] || ""), findings: [], reference: edit.reference });
      } else if (edit.kind === "restore") {
        this.rows.set(number, { number, since: 0, standing: "waiting", origin: "typed", cells: this.columns.map((column) => edit.fields[column.id] || ""), findings: [] });
      } else if (edit.kind === "remove") {
        this.rows.delete(number);
      } else {
        const row = this.rows.get(number);
        if (!row) return;
        row.cells = row.cells.slice();
        for (const change of edit.changes) row.cells[this.columns.findIndex((column) => column.id === change.field)] = change.to;
        row.standing = "waiting";
        row.findings = [];
      }
    }

    numberOf(reference) {
      this.references = this.references || new Map();
      if (!this.references.has(reference)) { this.references.set(reference, this.next); this.next -= 1; }
      return this.references.get(reference);
    }

    // MARK: the frame

    build() {
      const bar = make("div", "listing-bar");
      const search = make("input", "input listing-search");
      search.type = "search";
      search.setAttribute("aria-label", say("search"));
      search.placeholder = say("search");
      search.addEventListener("input", () => { clearTimeout(this.searching); this.searching = setTimeout(() => { this.query = search.value.trim().toLowerCase(); this.arrange(); }, 120); });
      const filter = make("select", "input listing-filter");
      filter.setAttribute("aria-label", say("filter"));
      for (const kind of ["all", "faulty", "repeat", "unchecked"]) filter.append(new Option(say(kind), kind));
      filter.addEventListener("change", () => { this.filter = filter.value; this.arrange(); });
      bar.append(search, filter);
      const act = (name, does) => {
        const button = make("button", "button", say(name));
        button.type = "button";
        button.addEventListener("click", does);
        bar.append(button);
        return button;
      };
      if (this.mayEdit) {
        if (this.mayReplace) act("add", () => this.addRow());
        this.removeButton = act("remove", () => this.removeRows([...this.selected]));
        this.undoButton = act("undo", () => this.undo());
        this.removeButton.disabled = true;
        this.undoButton.disabled = true;
      }
      for (const [kind, key] of [["xlsx", "exportXlsx"], ["csv", "exportCsv"]]) {
        const link = make("a", "button listing-export", say(key));
        link.href = `${this.api}/list.${kind}`;
        link.download = "";
        bar.append(link);
      }
      this.cards = make("div", "listing-conflicts");
      this.scroll = make("div", "listing-view");
      this.scroll.tabIndex = -1;
      this.grid = make("div", "listing-grid");
      this.grid.setAttribute("role", "grid");
      this.grid.setAttribute("aria-label", this.root.dataset.title);
      this.grid.setAttribute("aria-describedby", `keys-${this.root.dataset.indicator}`);
      this.head = make("div", "listing-head");
      this.head.setAttribute("role", "row");
      this.head.setAttribute("aria-rowindex", "1");
      this.body = make("div", "listing-body");
      this.body.setAttribute("role", "rowgroup");
      this.grid.append(this.head, this.body);
      this.scroll.append(this.grid);
      this.nothing = make("p", "listing-nothing");
      this.nothing.textContent = [say("empty"), this.mayReplace ? say("emptyHint") : ""].join(/^zh/.test(document.documentElement.lang) ? "" : " ").trim();
      const foot = make("div", "listing-foot");
      this.total = make("span", "num");
      this.status = make("span", "listing-status");
      this.status.setAttribute("role", "status");
      this.mark = make("span", "saved");
      this.mark.setAttribute("role", "status");
      foot.append(this.total, this.mark, this.status);
      const keys = make("p", "small listing-keys", say("keys"));
      keys.id = `keys-${this.root.dataset.indicator}`;
      this.root.append(bar, this.cards, this.scroll, this.nothing, foot, keys);
      this.scroll.addEventListener("scroll", () => this.paint(), { passive: true });
      new ResizeObserver(() => this.paint()).observe(this.scroll);
      narrow.addEventListener("change", () => { this.paint(true); });
      this.grid.addEventListener("keydown", (event) => this.key(event));
      this.grid.addEventListener("paste", (event) => this.paste(event));
      this.grid.addEventListener("copy", (event) => this.copy(event));
      this.grid.addEventListener("click", (event) => this.click(event));
      this.grid.addEventListener("dblclick", (event) => { if (event.target.closest("[role=gridcell]") && !event.target.closest("input")) this.edit(); });
      this.upload();
    }

    buildHead() {
      const widths = { "credit-code": 200, text: 200, region: 150, choice: 160, certificate: 200, country: 150, date: 120, year: 80, number: 110 };
      this.widths = [64, ...this.columns.map((column) => widths[column.kind] || 150), 240];
      const template = this.widths.map((width, at) => at === this.widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`).join(" ");
      this.grid.style.setProperty("--sheet-columns", template);
      this.grid.style.minWidth = narrow.matches ? "0" : `${this.widths.reduce((sum, width) => sum + width, 0)}px`;
      this.grid.setAttribute("aria-colcount", String(this.columns.length + 2));
      const cell = (text, at) => {
        const node = make("div", "listing-cell", text);
        node.setAttribute("role", "columnheader");
        node.setAttribute("aria-colindex", String(at + 1));
        this.head.append(node);
        return node;
      };
      cell(say("row"), 0);
      this.columns.forEach((column, at) => {
        const node = cell("", at + 1);
        const button = make("button", "listing-sort", column.title + (column.isRequired ? " *" : ""));
        button.type = "button";
        button.addEventListener("click", () => {
          const same = this.sort && this.sort.column === at;
          this.sort = same && this.sort.down ? null : { column: at, down: same };
          this.head.querySelectorAll("[role=columnheader]").forEach((one) => one.removeAttribute("aria-sort"));
          if (this.sort) { node.setAttribute("aria-sort", this.sort.down ? "descending" : "ascending"); this.say(say("sorted", { column: column.title })); }
          this.arrange();
        });
        node.append(button);
      });
      cell("", this.columns.length + 1);
    }

    shown(row, at) {
      const value = row.cells[at] || "";
      const list = this.choices && this.choices[this.columns[at].id];
      if (!list || value === "") return value;
      this.titles = this.titles || {};
      const id = this.columns[at].id;
      this.titles[id] = this.titles[id] || new Map(list.map((one) => [one.code, one.title]));
      return this.titles[id].get(value) || value;
    }

    arrange() {
      if (!this.columns) return;
      let rows = [...this.rows.values()];
      if (this.filter === "unchecked") rows = rows.filter((row) => row.origin === "copied" || row.origin === "prefilled");
      else if (this.filter !== "all") rows = rows.filter((row) => row.standing === this.filter);
      if (this.query) rows = rows.filter((row) => row.cells.some((cell, at) => cell.toLowerCase().includes(this.query) || this.shown(row, at).toLowerCase().includes(this.query)));
      const order = (row) => row.number > 0 ? row.number : 1e12 - row.number;
      if (this.sort) {
        const { column, down } = this.sort;
        const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
        rows.sort((a, b) => (down ? -1 : 1) * collator.compare(this.shown(a, column), this.shown(b, column)) || order(a) - order(b));
      } else rows.sort((a, b) => order(a) - order(b));
      this.view = rows.map((row) => row.number);
      this.active.at = Math.max(0, Math.min(this.active.at, this.view.length - 1));
      this.nothing.hidden = this.view.length > 0;
      this.scroll.hidden = this.view.length === 0;
      this.root.toggleAttribute("data-empty", this.rows.size === 0);
      this.grid.setAttribute("aria-rowcount", String(this.view.length + 1));
      this.paint(true);
      this.paintCounts();
    }

    paintCounts() {
      this.total.textContent = say("total", { total: grouped(this.rows.size), good: grouped(this.counts.good), faulty: grouped(this.counts.faulty), repeated: grouped(this.counts.repeated) });
      if (this.removeButton) this.removeButton.disabled = this.selected.size === 0;
      if (this.undoButton) this.undoButton.disabled = this.undoable.length === 0;
    }

    height() { return narrow.matches ? 40 + (this.columns.length + 1) * 44 : 36; }

    // Only rows in sight, and a few above and below, are in the page.
    paint(isAnew) {
      if (!this.columns || this.editing) return;
      const height = this.height();
      const top = Math.max(0, Math.floor(this.scroll.scrollTop / height) - 6);
      const count = Math.ceil((this.scroll.clientHeight || 480) / height) + 12;
      const bottom = Math.min(this.view.length, top + count);
      if (!isAnew && this.painted && this.painted[0] === top && this.painted[1] === bottom) return;
      this.painted = [top, bottom];
      const hadFocus = this.grid.contains(document.activeElement) && document.activeElement.matches("[role=gridcell]");
      this.body.style.height = `${this.view.length * height}px`;
      this.scroll.style.height = `min(${narrow.matches ? "70vh" : "60vh"}, ${this.view.length * height + (narrow.matches ? 4 : this.head.offsetHeight + 20)}px)`;
      const fragment = document.createDocumentFragment();
      for (let at = top; at < bottom; at += 1) fragment.append(this.line(at, height));
      this.body.replaceChildren(fragment);
      if (hadFocus) this.focus(true);
    }

    line(at, height) {
      const row = this.rows.get(this.view[at]);
      const line = make("div", `listing-row is-${row.standing}`);
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", String(at + 2));
      line.style.top = `${at * height}px`;
      line.dataset.at = String(at);
      const first = make("div", "listing-cell listing-number");
      first.setAttribute("role", "rowheader");
      first.setAttribute("aria-colindex", "1");
      const isOpen = this.opens(row);
      if (this.returned) line.classList.add(isOpen ? "is-returned" : "is-locked");
      if (this.mayEdit && isOpen) {
        const box = make("input");
        box.type = "checkbox";
        box.checked = this.selected.has(row.number);
        box.setAttribute("aria-label", say("select", { row: row.number > 0 ? row.number : say("newRow") }));
        box.tabIndex = -1;
        first.append(box);
      }
      first.append(make("span", "num", row.number > 0 ? String(row.number) : "…"));
      line.append(first);
      const faults = {};
      for (const finding of row.findings) faults[finding.column] = faults[finding.column] || finding;
      this.columns.forEach((column, index) => {
        const cell = make("div", "listing-cell");
        cell.setAttribute("role", "gridcell");
        cell.setAttribute("aria-colindex", String(index + 2));
        cell.dataset.column = String(index);
        cell.dataset.label = column.title;
        const isActive = at === this.active.at && index === this.active.column;
        cell.tabIndex = isActive ? 0 : -1;
        cell.textContent = this.shown(row, index);
        if (["number", "year"].includes(column.kind)) cell.classList.add("right");
        if (!isOpen) cell.setAttribute("aria-readonly", "true");
        if (faults[column.id]) {
          cell.classList.add(faults[column.id].severity === "error" ? "is-wrong" : "is-watch");
          cell.setAttribute("aria-invalid", faults[column.id].severity === "error" ? "true" : "false");
          cell.title = faults[column.id].message;
        }
        line.append(cell);
      });
      const last = make("div", "listing-cell listing-finding");
      last.setAttribute("role", "gridcell");
      last.setAttribute("aria-colindex", String(this.columns.length + 2));
      if (this.returned && isOpen) last.textContent = say("returned", { reason: this.returned.reason });
      if (row.findings.length) {
        last.textContent = row.findings.map((one) => one.message).join(" ");
        last.title = last.textContent;
      }
      line.append(last);
      return line;
    }

    // The reader may change the row now.
    opens(row) { return this.mayEdit && Boolean(row) && row.mayEdit !== false; }

    cellAt(at, column) { return this.body.querySelector(`.listing-row[data-at="${at}"] [data-column="${column}"]`); }

    focus(isQuiet) {
      const height = this.height();
      const head = narrow.matches ? 0 : this.head.offsetHeight;
      const top = this.active.at * height;
      if (!isQuiet) {
        if (top < this.scroll.scrollTop) this.scroll.scrollTop = top;
        else if (top + height + head > this.scroll.scrollTop + this.scroll.clientHeight) this.scroll.scrollTop = top + height + head - this.scroll.clientHeight;
        this.painted = null;
        this.paint(true);
      }
      const cell = this.cellAt(this.active.at, this.active.column);
      if (cell) cell.focus({ preventScroll: isQuiet || !cell.scrollIntoViewIfNeeded });
      if (cell && !isQuiet) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (!isQuiet) this.tell();
    }

    // What is wrong with the cell under the cursor stands below the table.
    tell() {
      const row = this.rows.get(this.view[this.active.at]);
      const column = this.columns[this.active.column];
      const found = row && row.findings.find((one) => one.column === column.id);
      const locked = this.returned && row && !this.opens(row) ? say("locked", { rows: this.returned.rows.join(", ") }) : "";
      this.say(found ? found.message : locked);
    }

    // MARK: keys and clicks

    move(rows, columns) {
      this.active.at = Math.max(0, Math.min(this.view.length - 1, this.active.at + rows));
      this.active.column = Math.max(0, Math.min(this.columns.length - 1, this.active.column + columns));
      this.focus();
    }

    click(event) {
      const box = event.target.closest("input[type=checkbox]");
      const line = event.target.closest(".listing-row");
      if (!line || this.editing) return;
      const at = Number(line.dataset.at);
      if (box) {
        const number = this.view[at];
        if (event.shiftKey && this.lastBox !== undefined) {
          const [from, to] = [Math.min(at, this.lastBox), Math.max(at, this.lastBox)];
          for (let one = from; one <= to; one += 1) if (box.checked) this.selected.add(this.view[one]); else this.selected.delete(this.view[one]);
          this.paint(true);
        } else if (box.checked) this.selected.add(number); else this.selected.delete(number);
        this.lastBox = at;
        this.paintCounts();
        return;
      }
      const cell = event.target.closest("[data-column]");
      if (!cell) return;
      const again = at === this.active.at && Number(cell.dataset.column) === this.active.column && cell === document.activeElement;
      this.active = { at, column: Number(cell.dataset.column) };
      this.body.querySelectorAll("[role=gridcell][tabindex='0']").forEach((one) => { one.tabIndex = -1; });
      cell.tabIndex = 0;
      cell.focus({ preventScroll: true });
      this.tell();
      if (this.mayEdit && (again || narrow.matches)) this.edit();
    }

    key(event) {
      if (this.editing || !event.target.matches("[role=gridcell]")) return;
      const page = Math.max(1, Math.floor(this.scroll.clientHeight / this.height()) - 2);
      const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-page, 0], PageDown: [page, 0] };
      const control = event.ctrlKey || event.metaKey;
      if (steps[event.key]) { event.preventDefault(); this.move(...steps[event.key]); return; }
      if (event.key === "Home" || event.key === "End") {
        event.preventDefault();
        const end = event.key === "End";
        this.move(control ? (end ? 1e9 : -1e9) : 0, control && !end ? -1e9 : end ? 1e9 : -1e9);
        return;
      }
      if (control && event.key.toLowerCase() === "z") { event.preventDefault(); this.undo(); return; }
      if (!this.mayEdit || control || event.altKey) return;
      if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); this.edit(); }
      else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        if (this.selected.size > 0) this.removeRows([...this.selected]); else this.set(this.view[this.active.at], this.active.column, "");
      } else if (event.key === " " && event.shiftKey) {
        event.preventDefault();
        const number = this.view[this.active.at];
        if (this.selected.has(number)) this.selected.delete(number); else this.selected.add(number);
        this.paint(true);
        this.paintCounts();
      } else if (event.key.length === 1 || event.key === "Process") this.edit(event.key.length === 1 ? event.key : "");
      if (event.key.length === 1 && this.editing) event.preventDefault();
    }

    // MARK: editing in place

    edit(start) {
      if (!this.mayEdit || this.editing) return;
      const cell = this.cellAt(this.active.at, this.active.column);
      const number = this.view[this.active.at];
      const row = this.rows.get(number);
      if (!cell || !row) return;
      if (!this.opens(row)) { this.tell(); return; }
      const at = this.active.column;
      const column = this.columns[at];
      const input = make("input", "input listing-input");
      input.setAttribute("aria-label", `${column.title} ${say("row")} ${number}`);
      input.value = start === undefined ? this.shown(row, at) : start;
      input.autocomplete = "off";
      if (["number", "year"].includes(column.kind)) input.inputMode = "decimal";
      const list = this.choices && this.choices[column.id];
      if (list && list.length) {
        const id = `choices-${this.root.dataset.indicator}-${column.id}`;
        if (!document.getElementById(id)) {
          const options = make("datalist");
          options.id = id;
          for (const one of list) if (one.isCounted) options.append(new Option(one.code, one.title));
          this.root.append(options);
        }
        input.setAttribute("list", id);
      }
      this.editing = { number, at };
      cell.replaceChildren(input);
      input.focus();
      if (start === undefined) input.select();
      if (column.kind === "credit-code") {
        const look = () => this.code(input);
        input.addEventListener("input", look);
        look();
      }
      const done = (keeps, rows, columns) => {
        if (!this.editing) return;
        this.editing = null;
        const value = input.value.trim();
        if (keeps && value !== this.shown(row, at)) this.set(number, at, this.coded(column, value)); else this.paint(true);
        this.say("");
        if (rows !== undefined) {
          const here = this.view.indexOf(number);
          if (here >= 0) this.active.at = here;
          this.active.column = at;
          this.move(rows, columns);
        }
      };
      input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        event.stopPropagation();
        if (event.key === "Enter") { event.preventDefault(); done(true, event.shiftKey ? -1 : 1, 0); }
        else if (event.key === "Tab") { event.preventDefault(); done(true, 0, event.shiftKey ? -1 : 1); }
        else if (event.key === "Escape") { event.preventDefault(); done(false, 0, 0); }
      });
      input.addEventListener("blur", () => done(true));
    }

    coded(column, value) {
      const list = this.choices && this.choices[column.id];
      const found = list && list.find((one) => one.title === value || one.code === value);
      return found ? found.code : value;
    }

    // Says what is wrong while the code is typed; near ones are offered, never taken.
    code(input) {
      const fault = codeFault(input.value);
      input.setAttribute("aria-invalid", String(Boolean(fault)));
      this.say(fault);
      clearTimeout(this.looking);
      const text = input.value.trim();
      if (!fault || text.length < 17) return;
      this.looking = setTimeout(async () => {
        try {
          const said = await (await fetch(`/api/v1/credit-codes/${encodeURIComponent(text)}`)).json();
          if (!said.suggestions || !said.suggestions.length || input.value.trim() !== text || !input.isConnected) return;
          this.status.append(` ${say("didYouMean")}`);
          for (const code of said.suggestions.slice(0, 3)) {
            const button = make("button", "button listing-suggestion mono", code);
            button.type = "button";
            button.addEventListener("mousedown", (event) => { event.preventDefault(); input.value = code; this.say(""); input.removeAttribute("aria-invalid"); });
            this.status.append(button);
          }
        } catch { /* only an offer */ }
      }, 250);
    }

    // MARK: changes

    ref(row) { return row.number > 0 ? { number: row.number } : { reference: row.reference }; }

    set(number, at, value, isUndo) {
      const row = this.rows.get(number);
      if (!row || !this.opens(row) || (row.cells[at] || "") === value) { this.paint(true); return; }
      const from = row.cells[at] || "";
      const edit = { kind: "change", ...this.ref(row), changes: [{ field: this.columns[at].id, from, to: value }] };
      if (!isUndo) this.remember([() => this.set(this.alive(number, row), at, from, true)]);
      this.push([edit]);
    }

    alive(number, row) { return number > 0 ? number : (this.known && this.known.get(row.reference)) || number; }

    addRow(fields, isQuiet) {
      const reference = uuid();
      this.push([{ kind: "add", reference, fields: fields || {} }]);
      const number = this.numberOf(reference);
      this.remember([() => this.removeRows([this.alive(number, { reference })], true)]);
      if (isQuiet) return;
      this.filter = "all";
      this.root.querySelector(".listing-filter").value = "all";
      this.arrange();
      this.active = { at: Math.max(0, this.view.indexOf(number)), column: 0 };
      this.focus();
      this.edit();
    }

    fieldsOf(row) {
      const fields = {};
      this.columns.forEach((column, at) => { if (row.cells[at]) fields[column.id] = row.cells[at]; });
      return fields;
    }

    removeRows(numbers, isUndo) {
      const rows = numbers.map((number) => this.rows.get(number)).filter((row) => this.opens(row));
      if (rows.length === 0) return;
      const edits = rows.filter((row) => row.number > 0).map((row) => ({ kind: "remove", number: row.number, since: row.since || this.version }));
      for (const row of rows.filter((one) => one.number < 0)) {
        this.queue = this.queue.filter((edit) => edit.reference !== row.reference);
        this.rows.delete(row.number);
      }
      const saved = rows.filter((row) => row.number > 0).map((row) => ({ kind: "restore", number: row.number, fields: this.fieldsOf(row) }));
      if (!isUndo && saved.length) this.remember([() => this.push(saved)]);
      numbers.forEach((number) => this.selected.delete(number));
      this.push(edits);
      if (!isUndo) this.say(say("removed", { count: grouped(rows.length) }));
    }

    remember(acts) {
      this.undoable.push(acts);
      if (this.undoable.length > 200) this.undoable.shift();
    }

    undo() {
      const acts = this.undoable.pop();
      if (!acts) return;
      acts.reverse().forEach((act) => act());
      this.say(say("undone"));
      this.paintCounts();
    }

    // MARK: the clipboard

    copy(event) {
      if (this.editing || !event.target.matches("[role=gridcell]")) return;
      event.preventDefault();
      const rows = this.selected.size ? this.view.filter((number) => this.selected.has(number)).map((number) => this.columns.map((column, at) => this.shown(this.rows.get(number), at))) : [[this.shown(this.rows.get(this.view[this.active.at]), this.active.column)]];
      event.clipboardData.setData("text/plain", rows.map((cells) => cells.join("\t")).join("\n"));
    }

    paste(event) {
      if (!this.mayEdit || this.editing) return;
      event.preventDefault();
      this.pasteText(event.clipboardData.getData("text/plain"));
    }

    pasteText(text) {
      const table = parseTable(text);
      if (table.length === 0) return;
      const fold = (name) => name.normalize("NFKC").toLowerCase().replace(/[\s*]/g, "");
      const names = new Map();
      this.columns.forEach((column, at) => { names.set(fold(column.title), at); names.set(fold(column.id), at); });
      const mapped = table[0].map((name) => names.get(fold(name)));
      const isHeader = mapped.filter((at) => at !== undefined).length >= Math.max(1, Math.ceil(table[0].length / 2));
      const body = isHeader ? table.slice(1) : table;
      const start = isHeader || this.view.length === 0 || this.active.at < 0 ? 0 : this.active.column;
      const column = (index) => isHeader ? mapped[index] : start + index;
      const appends = isHeader || this.view.length === 0 || (table.length > 1 && this.active.at >= this.view.length - 1 && start === 0);
      const edits = [];
      const undo = [];
      let locked = 0;
      body.forEach((cells, index) => {
        const number = appends ? undefined : this.view[this.active.at + index];
        const row = number === undefined ? undefined : this.rows.get(number);
        const fields = {};
        const changes = [];
        cells.forEach((cell, position) => {
          const at = column(position);
          if (at === undefined || at >= this.columns.length) return;
          const value = this.coded(this.columns[at], cell.trim());
          if (!row) { if (value) fields[this.columns[at].id] = value; return; }
          const from = row.cells[at] || "";
          if (from !== value) { changes.push({ field: this.columns[at].id, from, to: value }); undo.push(() => this.set(this.alive(number, row), at, from, true)); }
        });
        if (row && !this.opens(row)) { locked += 1; return; }
        if (row) { if (changes.length) edits.push({ kind: "change", ...this.ref(row), changes }); return; }
        if (!this.mayReplace) { locked += 1; return; }
        if (Object.keys(fields).length === 0) return;
        const reference = uuid();
        edits.push({ kind: "add", reference, fields });
        undo.push(() => this.removeRows([this.alive(this.numberOf(reference), { reference })], true));
      });
      if (undo.length) this.remember(undo);
      if (locked && this.returned) this.say(say("locked", { rows: this.returned.rows.join(", ") }));
      if (edits.length === 0) return;
      this.push(edits);
      this.pasted = edits.length;
    }

    // MARK: sending

    readQueue() {
      try {
        const kept = JSON.parse(localStorage.getItem(this.queueKey)) || {};
        this.flying = kept.flying || null;
        return kept.queue || [];
      } catch { return []; }
    }

    keep() {
      try {
        if (this.queue.length || this.flying) localStorage.setItem(this.queueKey, JSON.stringify({ queue: this.queue, flying: this.flying }));
        else localStorage.removeItem(this.queueKey);
      } catch { this.say(say("away")); }
      if (window.hengFormBar) window.hengFormBar();
    }

    push(edits) {
      if (edits.length === 0) { this.arrange(); return; }
      window.hengForm.seconds();
      for (const edit of edits) {
        // A new row that has not been sent yet takes changes into itself.
        const waiting = edit.kind === "change" && edit.reference && this.queue.find((one) => one.kind === "add" && one.reference === edit.reference);
        if (waiting) for (const change of edit.changes) waiting.fields[change.field] = change.to; else this.queue.push(edit);
        this.applyHere(edit);
      }
      this.keep();
      this.arrange();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), 400);
    }

    async flush() {
      if (this.sending) return;
      if (!this.flying) {
        if (this.queue.length === 0) return;
        this.known = this.known || new Map();
        // Changes of a row whose number is not known yet wait for it.
        const ready = [];
        const rest = [];
        for (const edit of this.queue) {
          if (edit.reference && edit.kind !== "add") {
            const number = this.known.get(edit.reference);
            if (number) ready.push({ ...edit, number, reference: undefined }); else rest.push(edit);
          } else if (ready.length < 2000) ready.push(edit); else rest.push(edit);
        }
        if (ready.length === 0) return;
        this.flying = { batch: uuid(), edits: ready };
        this.queue = rest;
        this.keep();
      }
      this.sending = true;
      this.mark.textContent = say("saving");
      try {
        const answer = await fetch(`${this.api}/rows`, { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify(this.flying) });
        if (answer.status >= 500 || answer.status === 429) throw new Error("busy");
        const said = await answer.json();
        const sent = this.flying;
        this.waits = 0;
        this.flying = null;
        if (!answer.ok) {
          this.queue = answer.status === 401 ? [...sent.edits, ...this.queue] : this.queue;
          this.mark.textContent = "";
          this.say(said.detail || said.title);
          this.keep();
          if (answer.status !== 401) await this.load();
          return;
        }
        for (const [reference, number] of Object.entries(said.added)) {
          this.known = this.known || new Map();
          this.known.set(reference, number);
          const old = this.numberOf(reference);
          this.rows.delete(old);
          const here = this.view.indexOf(old);
          if (here >= 0) this.view[here] = number;
          if (this.editing && this.editing.number === old) this.editing.number = number;
        }
        this.take(said);
        this.replay();
        said.conflicts.forEach((conflict) => this.conflict(conflict));
        const now = new Date();
        this.mark.textContent = say("saved", { at: `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}` });
        if (this.pasted) {
          this.say(say("pasted", { count: grouped(this.pasted), faulty: grouped(said.rows.filter((row) => row.standing === "faulty").length) }));
          this.pasted = 0;
        }
        this.keep();
        this.arrange();
        window.hengForm.refresh();
        if (this.queue.length) setTimeout(() => this.flush(), 20);
      } catch {
        this.waits = Math.min(this.waits + 1, 6);
        this.mark.textContent = "";
        this.say(say("away"));
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), Math.min(30000, 1000 * 2 ** this.waits) * (0.75 + Math.random() / 2));
        this.keep();
      } finally { this.sending = false; }
    }

    conflict(conflict) {
      const column = this.columns.findIndex((one) => one.id === conflict.field);
      const card = make("div", "merge-card");
      card.setAttribute("role", "alert");
      const title = (value) => column >= 0 ? this.shown({ cells: Object.assign([], { [column]: value }) }, column) : value;
      card.append(make("p", "", column < 0 ? say("gone", { row: conflict.number }) : say("conflict", { row: conflict.number, column: this.columns[column].title, theirs: title(conflict.theirs), mine: title(conflict.yours) })));
      const acts = make("p", "acts");
      const choose = (name, does) => {
        const button = make("button", "button", say(name));
        button.type = "button";
        button.addEventListener("click", () => { card.remove(); does(); });
        acts.append(button);
      };
      if (column >= 0) choose("keepMine", () => this.set(conflict.number, column, conflict.yours));
      choose("takeTheirs", () => {});
      card.append(acts);
      this.cards.append(card);
    }

    // MARK: files

    upload() {
      const form = this.root.parentElement.querySelector("form[enctype]");
      const file = form && form.querySelector("input[type=file]");
      if (!file || !this.mayEdit) return;
      const type = (name) => /\.xlsx$/i.test(name) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
      const send = (chosen, query) => fetch(`${this.api}?${query}`, { method: "PUT", headers: { "Content-Type": type(chosen.name), "If-Match": "*" }, body: chosen });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const chosen = file.files[0];
        if (!chosen) return;
        this.say(say("importWait"));
        this.cards.replaceChildren();
        try {
          const answer = await send(chosen, "trial=true");
          const said = await answer.json();
          if (!answer.ok) { this.say([said.detail, ...(said.findings || []).slice(0, 3).map((one) => one.message)].join(" ")); return; }
          this.say("");
          this.preview(said, chosen, send, file);
        } catch { this.say(say("away")); }
      });
    }

    preview(said, chosen, send, file) {
      const card = make("div", "merge-card");
      card.setAttribute("role", "alert");
      card.append(make("p", "", say("importPreview", { accepted: grouped(said.accepted), rejected: grouped(said.rejected.length), duplicates: grouped(said.duplicates.length), present: grouped(this.rows.size) })));
      const list = make("ul", "small");
      for (const one of [...said.rejected, ...said.remarks].slice(0, 5)) list.append(make("li", "", `${say("row")} ${one.row} ${one.columnTitle} ${one.message}`));
      const acts = make("p", "acts");
      const yes = make("button", "button button-main", say("importReplace"));
      const no = make("button", "button", say("importCancel"));
      yes.type = no.type = "button";
      no.addEventListener("click", () => { card.remove(); file.value = ""; });
      yes.addEventListener("click", async () => {
        yes.disabled = true;
        try {
          const answer = await send(chosen, "keep=wrong");
          const kept = await answer.json();
          card.remove();
          if (!answer.ok) { this.say(kept.detail || kept.title); return; }
          file.value = "";
          await this.load();
          this.say(say("importDone", { accepted: grouped(kept.accepted) }));
          window.hengForm.refresh();
        } catch { yes.disabled = false; this.say(say("away")); }
      });
      acts.append(yes, no);
      card.append(list, acts);
      this.cards.append(card);
      yes.focus();
    }

    say(text) { this.status.textContent = text; }
  }

  const sheets = Array.from(document.querySelectorAll("[data-sheet]")).map((root) => new Sheet(root));
  window.hengRowsUnsent = () => sheets.reduce((sum, sheet) => sum + (sheet.queue || []).length + (sheet.flying ? sheet.flying.edits.length : 0), 0);
  window.hengSheets = sheets;
  sheets.forEach((sheet) => sheet.start());
  document.addEventListener("heng-lists", (event) => sheets.forEach((sheet) => sheet.catchUp(event.detail[sheet.root.dataset.indicator] || 0)));
  addEventListener("online", () => sheets.forEach((sheet) => { sheet.waits = 0; sheet.flush(); }));
})();
