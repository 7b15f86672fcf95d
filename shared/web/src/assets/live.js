// Keeps a page current while it is visible: asks the JSON API for its counts every two seconds, one request a
// page, and the page itself for its charts and tables twice a minute. Loads it anew when a connection's state
// has changed.
"use strict";

const EVERY_MS = 2000;
const RENEW_EVERY = 15; // looks

const show = (element, value) => {
  if (!element) return;
  const text = value === null || value === undefined ? "–" : String(value);
  if (element.dataset.field === "complete_until") {
    element.textContent = value ? text.slice(0, 16).replace("T", " ") + " UTC" : "–";
  } else if (element.textContent !== text) {
    element.textContent = text;
    element.classList.remove("fresh");
    void element.offsetWidth; // restarts the highlight
    element.classList.add("fresh");
  }
};

const stateIn = (place) => place?.querySelector("[data-state]")?.dataset.state;

// The list: one line a connection.
const showList = (place, views) => {
  for (const view of views) {
    const line = place.querySelector(`[data-connection="${view.id}"]`);
    if (stateIn(line) !== view.status) return window.location.reload();
    show(line.querySelector('[data-field="records"]'), view.streams.reduce((sum, stream) => sum + stream.records, 0));
  }
};

// One connection: one line a stream.
const showOne = (place, view) => {
  if (stateIn(place) !== view.status) return window.location.reload();
  for (const stream of view.streams) {
    const line = place.querySelector(`[data-stream="${stream.domain}"]`);
    for (const field of ["state", "records", "pages", "calls", "throttled", "complete_until"]) {
      show(line?.querySelector(`[data-field="${field}"]`), stream[field]);
    }
  }
};

const refresh = async (place) => {
  const answer = await fetch(place.dataset.live, { headers: { accept: "application/json" } });
  if (answer.status === 401) return window.location.reload();
  if (!answer.ok) return;
  const view = await answer.json();
  view.connections ? showList(place, view.connections) : showOne(place, view);
};

// What the server draws comes from it again; nothing under somebody's hand is exchanged.
const renew = async () => {
  const parts = [...document.querySelectorAll("[data-renew]")];
  const answer = parts.length ? await fetch(window.location.href) : undefined;
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    if (part.querySelector("details[open]") || part.contains(document.activeElement)) continue;
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
  }
};

const place = document.querySelector("[data-live]");
let looks = 0;
const tick = async () => {
  // A look that failed is made up for by the next one.
  if (!document.hidden) {
    looks += 1;
    await refresh(place).catch(() => undefined);
    if (looks % RENEW_EVERY === 0) await renew().catch(() => undefined);
  }
  setTimeout(tick, EVERY_MS);
};
if (place) setTimeout(tick, EVERY_MS);
