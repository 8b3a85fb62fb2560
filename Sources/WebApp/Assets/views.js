// Switches a combination's maps between values, contours and the surface. The surface is plotly's, in a frame of its
// own, where the server has plotly and the browser WebGL; else the report's own.
import { make } from "./build.js";

/** Milliseconds in which the frame must have drawn. */
const patience = 15000;

/** @param {HTMLElement} root Holds elements `.maps` with parts that have data-v, their name. */
export function start(root) {
  const frame = document.querySelector("[data-surface]")?.dataset.surface;
  for (const maps of root.querySelectorAll(".maps")) {
    const views = [...maps.querySelectorAll("[data-v]")];
    if (views.length < 2) continue;
    const bar = make("div", { class: "bar", role: "group", "aria-label": "View" });
    const show = (chosen) => {
      for (const view of views) view.hidden = view !== chosen;
      for (const button of bar.children) button.setAttribute("aria-pressed", String(button.view === chosen));
      if (chosen.dataset.s && !chosen.firstChild) surface(chosen, frame);
    };
    for (const view of views) {
      const button = make("button", { type: "button", class: "b2", onclick: () => show(view) }, view.dataset.v);
      button.view = view;
      bar.append(button);
    }
    const heading = maps.querySelector("h4");
    if (heading) heading.after(bar);
    else maps.prepend(bar);
    show(views[0]);
  }
}

async function surface(box, address) {
  if (address && (await inFrame(box, address))) return;
  box.replaceChildren();
  const { surface } = await import("./report-surface.js");
  surface(box);
}

/** Draws in a frame; answers whether that worked. */
function inFrame(box, address) {
  return new Promise((resolve) => {
    const frame = make("iframe", { src: address, title: "Rotatable synergy surface", sandbox: "allow-scripts" });
    const end = (isDrawn) => {
      removeEventListener("message", hear);
      clearTimeout(timer);
      resolve(isDrawn);
    };
    const hear = (event) => {
      if (event.source === frame.contentWindow && typeof event.data?.drawn === "boolean") end(event.data.drawn);
    };
    const timer = setTimeout(() => end(false), patience);
    addEventListener("message", hear);
    box.append(frame);
  });
}
