"""What is asked of every page inside the browser."""

# Landmarks, one heading of the first level, names, nothing that scrolls sideways.
GENERAL = r"""(width) => {
  const wrong = [];
  const short = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const wide = document.documentElement.scrollWidth;
  if (wide > width + 1) {
    const over = Array.from(document.querySelectorAll("main *")).filter((one) => {
      for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return false;
      }
      return one.getBoundingClientRect().right > width + 1;
    });
    wrong.push(`scrolls sideways: ${wide}; ${over.slice(-2).map(short).join(" and ")}`);
  }
  const heads = document.querySelectorAll("h1");
  if (heads.length !== 1) wrong.push(`${heads.length} h1`);
  if (!heads[0] || !heads[0].textContent.trim()) wrong.push("h1 says nothing");
  if (document.title.trim().length < 4) wrong.push(`title: ${document.title}`);
  for (const mark of ["main", "header", "footer", "nav[aria-label]"]) {
    if (document.querySelectorAll(`${mark}`).length < 1) wrong.push(`no ${mark}`);
  }
  if (document.querySelectorAll("main").length !== 1) wrong.push("not one main");
  const ids = Array.from(document.querySelectorAll("[id]"), (one) => one.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) wrong.push(`ids twice: ${twice.slice(0, 4).join(" ")}`);
  for (const one of document.querySelectorAll("a[href^='#']")) {
    const id = decodeURIComponent(one.getAttribute("href").slice(1));
    if (id && !document.getElementById(id)) wrong.push(`leads nowhere: #${id}`);
  }
  const chinese = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, up = node.parentElement;
    if (/[\u4e00-\u9fff]/.test(node.data) && !up.closest("[lang^=zh], script, style, [hidden]")) chinese.push(node.data.trim());
  }
  for (const one of document.querySelectorAll("[title], [aria-label], [placeholder]")) {
    for (const name of ["title", "aria-label", "placeholder"]) {
      const text = one.getAttribute(name);
      if (text && /[\u4e00-\u9fff]/.test(text) && !one.closest("[lang^=zh]")) chinese.push(text);
    }
  }
  if (/[\u4e00-\u9fff]/.test(document.title)) chinese.push(document.title);
  return { wrong, chinese, lang: document.documentElement.lang, text: document.title + "\n" + document.body.innerText };
}"""

# Opens every fold, numbers what the Tab key must stop at, and what reacts to a mouse alone.
FOCUSABLE = r"""() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const what = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const all = Array.from(document.querySelectorAll("*"));
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const radios = new Set();
  const stops = Array.from(document.querySelectorAll(selector)).filter((one) => {
    if (!shown(one) || one.disabled || one.tabIndex < 0 || one.closest("[inert]")) return false;
    if (one.matches("summary") && one.parentElement.querySelector("summary") !== one) return false;
    if (one.type === "radio") {
      const group = Array.from(document.querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`))
        .filter((other) => other.form === one.form);
      const chosen = group.find((other) => other.checked);
      // Tab stops at the chosen one; the arrow keys walk the others.
      if (chosen ? chosen !== one : group[0] !== one) return false;
    }
    return true;
  });
  const reached = "a[href], button, input, select, textarea, summary, label, option, [tabindex]";
  const mouseOnly = all.filter((one) => shown(one) && getComputedStyle(one).cursor === "pointer"
    && !one.closest(reached) && !one.querySelector(reached)).map(what);
  window.hengStops = stops;
  return {
    stops: stops.length, mouseOnly,
    jumps: Array.from(document.querySelectorAll("[tabindex]")).filter((one) => one.tabIndex > 0).map(what),
  };
}"""


# Notes every element that takes the focus: whether a reader sees that it has it, and whether it is on the screen.
WATCH = r"""() => {
  window.hengWalk = [];
  document.addEventListener("focusin", (event) => {
    const one = event.target, box = one.getBoundingClientRect();
    // A control that is drawn by its label shows the focus there.
    const tiny = box.width <= 2 || box.height <= 2 || getComputedStyle(one).opacity === "0";
    const drawn = getComputedStyle((tiny && one.labels && one.labels[0]) || one);
    window.hengWalk.push({
      one, seen: drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 1.5,
      inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    });
  });
}"""

# What the walk has shown, in words: every stop reached, seen, on the screen, in the order of reading.
WALKED = r"""() => {
  const wrong = [];
  const what = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const met = new Set(window.hengWalk.map(({ one }) => one));
  for (const { one, seen, inView } of window.hengWalk) {
    if (!seen) wrong.push(`no visible focus: ${what(one)}`);
    if (!inView) wrong.push(`off the screen: ${what(one)}`);
  }
  for (const one of window.hengStops) {
    if (one.isConnected && one.getClientRects().length && !one.disabled && one.tabIndex >= 0 && !met.has(one)) {
      wrong.push(`not reached: ${what(one)}`);
    }
  }
  let last = null;
  const before = new Set();
  for (const { one } of window.hengWalk) {
    if (before.has(one)) break;
    before.add(one);
    if (last && one.isConnected && last.isConnected
      && !(last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push(`out of order: ${what(one)}`);
    last = one;
  }
  return wrong;
}"""
