// While the name of a laboratory is typed, the directory proposes entries; choosing one fills in what is still empty.
// Without this script the server fills in the same when the form is saved.
"use strict";

(() => {
  const PAUSE = 250;
  let waiting, found = [];

  const listOf = (field) => {
    const known = field.list;
    if (known) return known;
    const list = document.createElement("datalist");
    list.id = `${field.id}-suggestions`;
    field.after(list);
    field.setAttribute("list", list.id);
    return list;
  };

  async function suggest(field) {
    const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(field.value)}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    ({ found } = await answer.json());
    listOf(field).replaceChildren(...found.map((entry) => {
      const option = document.createElement("option");
      option.value = entry.name;
      option.label = [entry.unit, entry.institution, entry.city].filter(Boolean).join(" · ");
      return option;
    }));
  }

  function fill(field) {
    const entry = found.find((known) => known.name === field.value);
    if (!entry) return;
    const prefix = field.name.slice(0, -"name".length);
    for (const [name, value] of Object.entries(entry)) {
      const other = field.form.elements[prefix + name];
      const chosen = other?.tagName === "SELECT" && other.value !== value;
      if (other && value && (!other.value || chosen)) other.value = value;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset?.suggestions || !event.isTrusted) return;
    fill(field);
    clearTimeout(waiting);
    if (field.value.trim().length > 1) waiting = setTimeout(() => suggest(field), PAUSE);
  });
})();
