// Keeps the counts of a page current: asks the JSON API every two seconds while the page is visible, and
// loads the page anew when a connection's state has changed.
"use strict";

const EVERY_MS = 2000;

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

const refresh = async (place) => {
  const answer = await fetch(place.dataset.live, { headers: { accept: "application/json" } });
  if (answer.status === 401) return window.location.reload();
  if (!answer.ok) return;
  const view = await answer.json();
  const status = place.dataset.status ?? place.querySelector("[data-state]")?.dataset.state;
  if (status && status !== view.status) return window.location.reload();
  const records = view.streams.reduce((sum, stream) => sum + stream.records, 0);
  const lines = place.querySelectorAll("[data-stream]");
  if (lines.length === 0) return show(place.querySelector('[data-field="records"]'), records);
  for (const stream of view.streams) {
    const line = place.querySelector(`[data-stream="${stream.domain}"]`);
    for (const field of ["state", "records", "pages", "calls", "throttled", "complete_until"]) {
      show(line?.querySelector(`[data-field="${field}"]`), stream[field]);
    }
  }
};

const places = [...document.querySelectorAll("[data-live]")];
const tick = async () => {
  if (!document.hidden) await Promise.allSettled(places.map(refresh));
  setTimeout(tick, EVERY_MS);
};
if (places.length > 0) setTimeout(tick, EVERY_MS);
