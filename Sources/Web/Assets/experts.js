// experts and their marks: drafts are kept on this device first, then on the server; a lost line loses nothing
(() => {
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const keyOf = (key) => "heng-mark/" + key;
  const kept = (key) => {
    try { return JSON.parse((store && store.getItem(keyOf(key))) || "null"); } catch { return null; }
  };

  document.querySelectorAll("a[data-expert-key]").forEach((link) => {
    const mark = link.querySelector(".expert-kept");
    const here = kept(link.dataset.expertKey);
    if (mark && here && here.handed === undefined) mark.hidden = false;
  });

  const form = document.querySelector("form[data-expert-form]");
  if (!form) return;
  const key = form.dataset.expertKey;
  const criteria = Array.from(form.querySelectorAll("[data-criterion]"));
  const overall = form.querySelector("[name=mark]");
  const comment = form.querySelector("[name=comment]");
  const version = form.querySelector("[name=draftVersion]");
  const first = form.querySelector("[data-expert-saved]");
  const words = Array.from(form.querySelectorAll("[data-expert-said]"));
  const say = (word) => {
    if (first) first.hidden = true;
    words.forEach((one) => { one.hidden = one.dataset.expertSaid !== word; });
  };
  const typed = () => ({
    criteria: criteria.map((input) => input.value.trim()), mark: overall.value.trim(), comment: comment.value,
  });
  const isNumber = (text) => /^\d{1,3}(\.\d)?$/.test(text);

  function sum() {
    const given = criteria.map((input) => input.value.trim());
    criteria.forEach((input) => {
      const text = input.value.trim();
      const wrong = text !== "" && (!isNumber(text) || Number(text) > Number(input.dataset.criterion));
      if (wrong) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
    });
    if (!given.length || !given.every(isNumber)) return;
    // In tenths, so that sums are exact.
    const tenths = given.reduce((all, text) => all + Math.round(Number(text) * 10), 0);
    overall.value = String(tenths / 10);
  }

  let timer = 0, sending = false, again = false, wasOffline = false, isStopped = false;
  const choice = form.querySelector("[data-expert-choice]");
  const fill = (given) => {
    criteria.forEach((input, index) => { input.value = given.criteria[index] || ""; });
    overall.value = given.mark || "";
    comment.value = given.comment || "";
    sum();
  };
  function keep() {
    if (store) try { store.setItem(keyOf(key), JSON.stringify({ ...typed(), version: version.value })); } catch { /* full */ }
    tell();
  }

  // Another tab of this browser follows what is typed here, so that neither holds an older draft than the other.
  const line = "BroadcastChannel" in window ? new BroadcastChannel(keyOf(key)) : null;
  const tell = () => { if (line) line.postMessage({ ...typed(), version: version.value }); };
  if (line) line.onmessage = ({ data }) => {
    if (Number(data.version) < Number(version.value)) return;
    version.value = data.version;
    fill(data);
    if (isStopped) { isStopped = false; choice.hidden = true; say(""); }
  };

  // Another device has kept a newer draft: nothing is sent until the expert has chosen.
  function stop() {
    isStopped = true;
    wasOffline = false;
    say("other");
    if (choice) choice.hidden = false;
  }
  async function newest() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("form[data-expert-form] [name=draftVersion]").value;
  }
  if (choice) choice.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-expert-take]");
    if (!button) return;
    if (button.dataset.expertTake === "theirs") {
      if (store) store.removeItem(keyOf(key));
      location.reload();
      return;
    }
    try {
      version.value = await newest();
      isStopped = false;
      choice.hidden = true;
      keep();
      await send();
      overall.focus();
    } catch { say("offline"); }
  });
  async function send() {
    if (isStopped) return;
    if (sending) { again = true; return; }
    sending = true;
    again = false;
    const body = JSON.stringify(typed());
    try {
      say("saving");
      const answer = await fetch(form.dataset.expertForm, {
        method: "PUT", body,
        headers: { "Content-Type": "application/json", "If-Match": `"${version.value}"` },
      });
      if (answer.ok) {
        const tag = answer.headers.get("ETag");
        if (tag) version.value = tag.replace(/"/g, "");
        if (store && body === JSON.stringify(typed())) store.removeItem(keyOf(key));
        tell();
        say(wasOffline ? "back" : "saved");
        wasOffline = false;
      } else if (answer.status === 412) {
        stop();
      } else {
        const said = await answer.json().catch(() => ({}));
        say("");
        if (first) { first.textContent = said.detail || answer.statusText; first.className = "field-error"; first.hidden = false; }
      }
    } catch {
      wasOffline = true;
      say("offline");
    }
    sending = false;
    if (again) send();
  }
  function changed(event) {
    if (criteria.includes(event.target)) sum();
    keep();
    clearTimeout(timer);
    timer = setTimeout(send, 600);
  }
  form.addEventListener("input", changed);
  window.addEventListener("online", () => { if (wasOffline) send(); });
  setInterval(() => { if (wasOffline && !sending) send(); }, 15000);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (navigator.onLine === false) {
      event.preventDefault();
      keep();
      wasOffline = true;
      say("offline");
    } else if (store) {
      // Dropped once the server answers with a newer mark, so that a line lost right now loses nothing.
      const handed = form.querySelector("[name=version]").value;
      try { store.setItem(keyOf(key), JSON.stringify({ ...typed(), version: version.value, handed })); } catch { /* full */ }
    }
  });

  const before = kept(key);
  if (before && before.handed !== undefined && before.handed !== form.querySelector("[name=version]").value) {
    store.removeItem(keyOf(key));
  } else if (before && Array.isArray(before.criteria)) {
    const older = before.version !== undefined && before.version !== version.value;
    fill(before);
    // Typed upon a draft that is no longer the newest: the expert chooses which of the two stands.
    if (older) stop();
    else {
      wasOffline = true;
      send();
    }
  }
})();
