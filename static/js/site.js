// Small comforts; every page works without them.
"use strict";

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.split("=")[1];

// Menus close on Escape, on a click elsewhere and when the keyboard leaves them.
const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
  if (!menu.contains(except)) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Signing in again in another tab changes the form token: the one of the cookie is always the right one.
document.addEventListener("submit", (event) => {
  if (cookie("csrftoken"))
    event.target.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = cookie("csrftoken"); });
}, true);
document.addEventListener("htmx:configRequest", (event) => {
  if (cookie("csrftoken")) event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
  if ("csrfmiddlewaretoken" in event.detail.parameters && cookie("csrftoken"))
    event.detail.parameters["csrfmiddlewaretoken"] = cookie("csrftoken");
});

// A form is sent once, however often its button is pressed; coming back to the page frees it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-many]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}));

// Notes can be put away.
document.querySelectorAll(".flashes [data-close]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".alert").remove());
});

// Signed out, or not connected, while a part of the page was being saved: say so, leave what was typed.
const notice = (name) => document.querySelectorAll("[data-notice]").forEach((element) => {
  element.hidden = element.dataset.notice !== name;
});
document.addEventListener("htmx:responseError", (event) => {
  if ([401, 403].includes(event.detail.xhr.status)) notice("signed-out");
});
document.addEventListener("htmx:sendError", () => notice("offline"));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) notice("");
});

// Passkeys are offered where the browser has them; a passkey that gives no answer is no error of ours.
if (globalThis.PublicKeyCredential)
  document.querySelectorAll("[data-needs-passkeys]").forEach((element) => { element.hidden = false; });
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  notice("passkey");
});

// Pages that are made for paper have a button for it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
