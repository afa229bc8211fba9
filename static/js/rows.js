// Rows are typed in place. What was typed and not saved is kept on this device until it is saved or thrown away, so
// that a lost session, a lost connection or a closed tab loses nothing. Without this script the pages work as pages.
"use strict";

(() => {
  const forms = () => document.querySelectorAll("form[data-row]");
  const keyOf = (form) => `row:${form.closest("[data-owner]").dataset.owner}:${form.getAttribute("action")}`;
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const forget = (key) => {
    try { localStorage.removeItem(key); } catch { /* storage is switched off */ }
  };
  const keep = (form) => {
    const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    try { localStorage.setItem(keyOf(form), JSON.stringify(entries)); } catch { /* full or switched off */ }
  };

  // Puts back what was typed in this form before, with the version and the id it was typed on.
  function restore(form) {
    if (form.dataset.ready) return;
    form.dataset.ready = "yes";
    const kept = read(keyOf(form));
    if (!kept || form.querySelector(".is-invalid, .alert-warning, .alert-danger")) return;
    const values = new Map(kept);
    let differs = false;
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
      if (field.type === "checkbox") {
        differs ||= field.checked !== values.has(field.name);
        field.checked = values.has(field.name);
      } else if (values.has(field.name)) {
        differs ||= field.type !== "hidden" && field.value !== values.get(field.name);
        field.value = values.get(field.name);
      }
    }
    if (!differs) return forget(keyOf(form));
    const note = form.querySelector("[data-restored]");
    note.hidden = false;
    note.querySelector("[data-forget]").addEventListener("click", () => {
      forget(keyOf(form));
      location.assign(form.getAttribute("action"));
    });
  }
  const ready = () => forms().forEach(restore);

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-row]");
    if (form) keep(form);
  });
  document.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-cancel]");
    if (cancel) forget(keyOf(cancel.closest("form")));
  });

  // Answers to what cannot be saved (422) or was saved otherwise meanwhile (409) are pages too: they are shown.
  // Once saved, nothing need be kept; by the time of htmx:afterRequest the form has left the page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target, requestConfig } = event.detail;
    if (xhr.status === 200 && requestConfig.elt.matches("form[data-row]")) forget(keyOf(requestConfig.elt));
    if (![409, 422].includes(xhr.status) || !target.closest("#rows, .section-main")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    ready();
    document.querySelector("#rows .is-invalid")?.focus();
  });

  // Somebody of the Japanese side has a name in Japanese.
  document.addEventListener("change", (event) => {
    const names = event.target.name === "side" && event.target.form.querySelector(".names-ja");
    if (names) names.open ||= event.target.value === names.dataset.side;
  });

  // A file is sent with its progress shown, and not at all where it is too large anyway.
  const tooLarge = (form) => {
    const field = form.querySelector("input[type=file]");
    return [...field.files].some((file) => file.size > Number(field.dataset.most));
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (form) form.querySelector("[data-too-large]").hidden = !tooLarge(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-upload]") || !tooLarge(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector("input[type=file]").focus();
  }, true);
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest?.("form[data-upload]");
    if (!form || !event.detail.lengthComputable) return;
    const shown = form.querySelector(".upload-progress");
    shown.hidden = false;
    shown.querySelector("progress").value = event.detail.loaded / event.detail.total * 100;
  });

  document.addEventListener("DOMContentLoaded", ready);
  if (document.readyState !== "loading") ready();
})();
