// Keys for officers: moving through the list and from record to record. Everything has its link or button besides;
// the keys can be switched off (WCAG 2.1.4), and never act while somebody types.
"use strict";

const OFF = "desk-keys-off";
const memory = {
  get off() { try { return localStorage.getItem(OFF) === "yes"; } catch { return false; } },
  set off(value) { try { localStorage.setItem(OFF, value ? "yes" : "no"); } catch { /* not remembered, then */ } },
};
const isTyping = (element) => element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
const links = () => [...document.querySelectorAll("[data-row] [data-open]")];
const rowOf = (element) => element.closest("[data-row]");
const help = document.getElementById("keys");

const move = (by) => {
  const all = links();
  const row = rowOf(document.activeElement);
  const here = all.findIndex((link) => row?.contains(link));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};
const follow = (selector) => {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
};
const onList = {
  j: () => move(1),
  k: () => move(-1),
  x: () => rowOf(document.activeElement)?.querySelector("[type=checkbox]")?.click(),
  "/": () => document.getElementById("id_q")?.focus(),
};
const onRecord = {
  j: () => follow(".position [rel=next]"),
  k: () => follow(".position [rel=prev]"),
  u: () => follow(".position [data-back]"),
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!help || help.open || memory.off || isTyping(target)) return;
  const isList = Boolean(document.getElementById("results"));
  const deeds = isList ? onList : onRecord;
  if (key === "?") help.showModal();
  else if (isList && rowOf(target) && key === "ArrowDown") move(1);
  else if (isList && rowOf(target) && key === "ArrowUp") move(-1);
  else if (Object.hasOwn(deeds, key)) deeds[key]();
  else return;
  event.preventDefault();
});

if (help) {
  const toggle = help.querySelector("[data-keys-switch]");
  toggle.checked = !memory.off;
  toggle.addEventListener("change", () => { memory.off = !toggle.checked; });
  document.querySelectorAll("[data-keys-help]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  });
}
