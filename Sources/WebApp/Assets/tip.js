// One tooltip for all maps: what a box stands for, and its value.
import { make } from "./build.js";

const title = make("b", {});
const words = make("span", {});
const tip = make("div", { id: "tip", role: "tooltip", hidden: true }, title, words);

/**
 * Shows the tooltip above a box, or below it where there is no room.
 * @param {Element} box
 * @param {string} head
 * @param {string} text
 */
export function showTip(box, head, text) {
  if (!tip.isConnected) document.body.append(tip);
  title.textContent = head;
  words.textContent = text.replaceAll("; ", "\n");
  tip.hidden = false;
  const place = box.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.min(innerWidth - size.width - 8, Math.max(8, place.left + place.width / 2 - size.width / 2));
  const above = place.top - size.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 4 ? above : place.bottom + 8}px`;
}

/** Hides it. */
export function hideTip() {
  tip.hidden = true;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
addEventListener("scroll", hideTip, { passive: true, capture: true });
