// A section saves itself shortly after typing stops. Until the server has answered, what was typed is also kept on
// this device, so that a lost session, a lost connection or a closed tab loses nothing. Without this script the
// same form is saved by its button.
"use strict";

(() => {
  const PAUSE = 1000;
  const RETRY = 10000;
  const PATIENCE = 3000;
  const KEEPALIVE = 60000;  // browsers let a request of this many bytes outlive its page
  const tab = Math.random().toString(36);
  const form = document.querySelector("form[data-autosave]");

  // Texts kept on this device: {version, tab, entries: [[name, value, label], …]} by person, record and section.
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const forget = (key) => {
    try { localStorage.removeItem(key); } catch { /* storage is switched off */ }
  };

  // On a phone the sections stand in one line: the current one is kept in sight, also when the line is renewed.
  function showSection() {
    const here = document.querySelector("#sections [aria-current]");
    const line = here?.closest("ol");
    if (line) line.scrollLeft += here.getBoundingClientRect().left - line.getBoundingClientRect().left;
  }
  showSection();
  document.addEventListener("htmx:afterSettle", showSection);

  // On a phone the sections are one line: the present one is brought into sight.
  function centre() {
    const [line, present] = [document.querySelector("#sections ol"), document.querySelector("#sections [aria-current]")];
    if (line && present) line.scrollLeft = present.offsetLeft - line.offsetLeft - 24;
  }
  centre();

  // A section that can no longer be changed still gives back what was typed here and never reached the server.
  document.querySelectorAll("[data-unsaved]").forEach((panel) => {
    const kept = read(panel.dataset.unsaved);
    if (!kept) return;
    const button = panel.querySelector("button");
    for (const [, value, label] of kept.entries) {
      if (!label || !value.trim()) continue;
      const text = document.createElement("p");
      text.append(Object.assign(document.createElement("b"), { textContent: label }), document.createElement("br"), value);
      button.before(text);
    }
    panel.hidden = false;
    button.addEventListener("click", () => { forget(panel.dataset.unsaved); panel.remove(); });
  });
  if (!form) return;

  const key = form.dataset.autosave;
  const words = document.getElementById("autosave-words");
  const notes = document.getElementById("autosave-notes");
  const touched = new Set();
  const server = entries();
  let generation = 0;     // grows with every change
  let acknowledged = 0;   // the generation that the server has
  let sending = null;     // the request under way,
  let sent = 0;           // and the generation that it carries
  let timer = 0;
  let paused = false;     // a choice between two texts is open, or the form is closed

  function entries() {
    return [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name));
  }
  // The server tidies white space, separators and widths: that alone is no difference.
  const bare = (list) => JSON.stringify(list.map(([name, value]) => [name, value.normalize("NFKC").replace(/[\s,;、]+/g, "")]));
  const same = (one, other) => bare(one) === bare(other);
  const isDirty = () => generation > acknowledged;
  const version = () => form.elements.version.value;
  const labelOf = (name) => {
    const field = [...form.elements].find((element) => element.name === name);
    return field?.closest("fieldset")?.querySelector("legend") && ["checkbox", "radio"].includes(field.type)
      ? field.closest("fieldset").querySelector("legend").textContent.trim()
      : field?.labels?.[0]?.textContent.trim() ?? "";
  };
  const keep = () => {
    const kept = { version: version(), tab, entries: entries().map(([name, value]) => [name, value, labelOf(name)]) };
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* full or switched off: the page still holds it */ }
  };

  function say(text, state) {
    const line = document.getElementById("saved");
    line.textContent = text;
    line.dataset.state = state;
  }
  function note(name, message) {
    const shown = words.querySelector(`[data-note="${name}"]`).cloneNode(true);
    if (message) shown.querySelector("[data-message]").textContent = message;
    notes.replaceChildren(shown);
    notes.setAttribute("role", "alert");
    return shown;
  }

  // What the server sends after a saving are parts of the page: each replaces the one with its id.
  function swap(html) {
    for (const part of new DOMParser().parseFromString(html, "text/html").body.querySelectorAll(":scope > [id]")) {
      const old = document.getElementById(part.id);
      if (!old) continue;
      const focused = old === document.activeElement;
      if (!focused && form.contains(old) && old.contains(document.activeElement)) continue;
      part.removeAttribute("hx-swap-oob");
      old.replaceWith(part);
      if (focused) part.focus();
    }
    centre();
    showSection();
  }

  function clearErrors() {
    form.querySelectorAll(".is-invalid").forEach((field) => {
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      const names = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.endsWith("_error"));
      if (names.length) field.setAttribute("aria-describedby", names.join(" "));
      else field.removeAttribute("aria-describedby");
    });
    form.querySelectorAll(".invalid-feedback, .alert-danger").forEach((element) => element.remove());
  }
  function showErrors(errors) {
    for (const [id, messages] of Object.entries(errors)) {
      const place = document.getElementById(`div_${id}`) ?? form;
      const field = document.getElementById(id) ?? place.querySelector("input");
      const told = Object.assign(document.createElement("div"), { id: `${id}_error`, className: "invalid-feedback d-block" });
      told.textContent = messages.join(" ");
      if (field && place !== form) {
        if (field.closest("details")) field.closest("details").open = true;
        field.classList.add("is-invalid");
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
        (field.closest(".form-check, .input-group") ?? field).after(told);
      } else form.prepend(told);
    }
  }

  const isSmall = () => 4 * entries().reduce((size, [, value]) => size + 50 + value.length, 0) < KEEPALIVE;
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  function post(source, options = {}) {
    const body = new FormData(source);
    body.delete("csrfmiddlewaretoken");
    if (source === form) touched.forEach((name) => body.append("touched", name));
    const headers = { "HX-Request": "true", "X-CSRFToken": token() };
    return fetch(source.action, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin", ...options });
  }

  async function send() {
    clearTimeout(timer);
    if (!isDirty() || paused) return true;
    if (sending) { await sending; return send(); }
    const mine = generation;
    const names = new Set(touched);
    say(words.dataset.saving, "saving");
    sent = mine;
    sending = post(form, { keepalive: isSmall() }).then((answer) => heard(answer, mine, names), () => lost("offline"));
    const saved = await sending;
    sending = null;
    sent = 0;
    if (saved && isDirty()) plan();
    return saved;
  }

  async function heard(answer, mine, names) {
    if (answer.ok && answer.type !== "opaqueredirect") {
      clearErrors();
      swap(await answer.text());
      names.forEach((name) => touched.delete(name));
      acknowledged = mine;
      notes.replaceChildren();
      if (isDirty()) {
        keep();
        say(words.dataset.unsaved, "none");
      } else if (read(key)?.tab === tab) forget(key);
      return true;
    }
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.status === 422 && told) {
      clearErrors();
      showErrors(told.errors);
      say(told.message, "failed");
    } else if (answer.status === 409) {
      const html = await answer.text();
      if (generation > mine) plan(0);  // more was typed meanwhile: ask again with all of it
      else conflict(html);
    } else if (answer.status === 403 && told) {
      paused = true;
      say(told.message, "failed");
      note("refused", told.message);
    } else if (answer.status === 401 || answer.type === "opaqueredirect") {
      say(words.dataset.unsaved, "failed");
      note("signed-out").querySelector("a").href = form.dataset.signIn;
    } else if (answer.status === 403) {
      say(words.dataset.outdated, "failed");
    } else {
      return lost("failed");
    }
    return false;
  }

  function lost(how) {
    say(words.dataset[how], "failed");
    clearTimeout(timer);
    timer = setTimeout(send, RETRY);
    return false;
  }

  function plan(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  function changed(event) {
    generation += 1;
    if (event?.target.name) touched.add(event.target.name);
    keep();
    if (document.getElementById("saved").dataset.state !== "failed") say(words.dataset.unsaved, "none");
  }

  // Two texts for the same field: both are shown, and the choice is saved with the new version.
  function conflict(html) {
    paused = true;
    say(words.dataset.conflict, "failed");
    notes.innerHTML = "";
    notes.append(...new DOMParser().parseFromString(html, "text/html").body.children);
    form.inert = true;
    form.classList.add("waiting");
    notes.querySelector("#conflict").focus();
    notes.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const answer = await post(event.target);
        if (answer.ok) {
          forget(key);
          acknowledged = generation;
          location.reload();
          return;
        }
        paused = form.inert = false;
        form.classList.remove("waiting");
        await heard(answer, generation, touched);
      } catch { lost("offline"); }
    });
  }

  function count(counter) {
    const field = document.getElementById(counter.dataset.count);
    const letters = [...field.value.replace(/\r\n?/g, "\n").normalize("NFC").trim()].length;
    counter.querySelector("span").textContent = letters;
    counter.classList.toggle("over", letters > Number(counter.dataset.most));
  }
  document.querySelectorAll("[data-count]").forEach((counter) => {
    document.getElementById(counter.dataset.count).addEventListener("input", () => count(counter));
  });

  form.addEventListener("input", (event) => { changed(event); plan(); });
  form.addEventListener("change", (event) => { if (touched.has(event.target.name)) plan(0); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    generation += 1;
    const saved = await send();
    if (saved && event.submitter?.name === "onward") location.href = document.querySelector("a[rel=next]").href;
    if (!saved) form.querySelector(".is-invalid")?.focus();
  });
  addEventListener("online", () => { if (isDirty()) plan(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && isDirty() && !sent) send(); });
  addEventListener("pagehide", () => {
    if (!isDirty() || paused || sent === generation) return;
    sent = generation;
    post(form, { keepalive: true }).catch(() => {});
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const patiently = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);

  // Leaving by a link, or by another form such as signing out, saves first.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !isDirty() || paused || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.target || link.origin !== location.origin || (link.pathname === location.pathname && link.hash)) return;
    event.preventDefault();
    await patiently(send());
    location.href = link.href;
  });
  document.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === form || other.closest("#conflict") || !isDirty() || paused || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await patiently(send());
    other.submit();
  }, true);

  // What was typed here before and never reached the server comes back, with its version: if the section was saved
  // elsewhere since, the answer is the choice between both texts.
  function fill(kept) {
    for (const field of form.elements) {
      if (!field.name || ["version", "csrfmiddlewaretoken"].includes(field.name) || field.type === "submit") continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    document.querySelectorAll("[data-count]").forEach(count);
  }
  const kept = read(key);
  const before = kept?.entries.map(([name, value]) => [name, value]);
  if (form.querySelector(".is-invalid")) {
    generation += 1;  // the page gives back what was refused
    keep();
  } else if (kept && same(before, server)) forget(key);
  else if (kept) {
    const current = version();
    const saved = new Map(server);
    fill(before);
    form.elements.version.value = kept.version;
    before.forEach(([name, value]) => { if (saved.get(name) !== value) touched.add(name); });
    const told = note("restored");
    told.addEventListener("click", (event) => {
      const choice = event.target.dataset.do;
      if (!choice) return;
      notes.replaceChildren();
      if (choice === "keep") { generation += 1; send(); return; }
      forget(key);
      touched.clear();
      acknowledged = generation;
      form.elements.version.value = current;
      fill(server);
      say("", "none");
    });
  }
})();
