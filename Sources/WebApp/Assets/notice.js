// Short messages at the page's foot, read out by screen readers; a fault stays until it is closed.

/**
 * Shows a message.
 * @param {string} text
 * @param {"said" | "fault"} [kind]
 */
export function notice(text, kind = "said") {
  const place = document.getElementById("notices");
  if (!place) return;
  const box = document.createElement("div");
  box.className = `notice ${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.onclick = () => box.remove();
  box.append(words, close);
  place.append(box);
  if (kind === "said") setTimeout(() => box.remove(), 6000);
}
