// Ranking by dragging rows and by buttons. Without it the numbers are typed; the server reads only the numbers.
"use strict";

const table = document.querySelector("[data-ranking]");
const body = table.tBodies[0];
const said = document.querySelector("[data-said]");
const field = (row) => row.querySelector("input");
const rows = () => [...body.rows];
const rankOf = (row) => Number.parseInt(field(row).value, 10);
const tied = (row) => Boolean(row.previousElementSibling) && row.dataset.tied === "yes";

rows().forEach((row) => {
  const above = row.previousElementSibling;
  row.dataset.tied = above && rankOf(above) === rankOf(row) ? "yes" : "";
  row.draggable = true;
  row.querySelector("[data-moves]").hidden = false;
});

const renumber = () => {
  let rank = 0;
  rows().forEach((row, place) => {
    if (!tied(row)) rank = place + 1;
    field(row).value = rank;
  });
};
const tell = (row) => { said.textContent = `${row.dataset.pair}: ${field(row).value}`; };
const put = (row, before) => {
  const next = row.nextElementSibling;
  if (next && !tied(row)) next.dataset.tied = "";
  body.insertBefore(row, before);
  row.dataset.tied = "";
  renumber();
  tell(row);
};

body.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest("tr");
  const { previousElementSibling: above, nextElementSibling: below } = row;
  if (button.dataset.move === "up" && above) put(row, above);
  if (button.dataset.move === "down" && below) put(row, below.nextElementSibling);
  if (button.dataset.move === "tie" && above) {
    row.dataset.tied = tied(row) ? "" : "yes";
    renumber();
    tell(row);
  }
  button.focus();
});

let dragged = null;
body.addEventListener("dragstart", (event) => { dragged = event.target.closest("tr"); });
body.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
body.addEventListener("drop", (event) => {
  const row = event.target.closest("tr");
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  const { top, height } = row.getBoundingClientRect();
  put(dragged, event.clientY > top + height / 2 ? row.nextElementSibling : row);
  dragged = null;
});
body.addEventListener("dragend", () => { dragged = null; });
