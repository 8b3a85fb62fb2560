// Stars and decisions, in the ranked table and on a combination's page: shown at once, taken back when the server says no.
import { call } from "./api.js";
import { notice } from "./notice.js";

/** @param {HTMLElement} root Holds elements with data-review, the address of a review. */
export function start(root) {
  root.addEventListener("click", (event) => {
    const star = event.target.closest('[data-part="star"]');
    if (!star) return;
    const isStarred = star.getAttribute("aria-pressed") !== "true";
    const show = (value) => {
      star.setAttribute("aria-pressed", String(value));
      tally("starred", value ? 1 : -1);
    };
    save(star, { starred: isStarred }, () => show(isStarred), () => show(!isStarred));
  });
  root.addEventListener("change", (event) => {
    const control = event.target.closest('[data-part="status"]');
    if (!control) return;
    const now = control.value;
    const before = chosen.get(group(control)) ?? initial(control);
    const show = (value, other) => {
      select(control, value);
      chosen.set(group(control), value);
      control.closest("tr")?.classList.toggle("dropped", value === "drop");
      tally(other, -1);
      tally(value, 1);
    };
    save(control, { status: now, was: before }, () => show(now, before), () => show(before, now));
  });
}

/** What each row's decision was before the last change. */
const chosen = new WeakMap();

function group(control) {
  return control.closest("[data-review]");
}

function initial(control) {
  if (control instanceof HTMLSelectElement) {
    return [...control.options].find((option) => option.defaultSelected)?.value ?? "none";
  }
  return [...group(control).querySelectorAll('[data-part="status"]')].find((one) => one.defaultChecked)?.value ?? "none";
}

function select(control, value) {
  if (control instanceof HTMLSelectElement) {
    control.value = value;
    return;
  }
  for (const one of group(control).querySelectorAll('[data-part="status"]')) one.checked = one.value === value;
}

async function save(control, change, show, takeBack) {
  show();
  try {
    await call("PUT", group(control).dataset.review, change);
    group(control).querySelector('[data-part="decided"]')?.replaceChildren("you, just now");
  } catch (error) {
    takeBack();
    notice(`Not saved. ${error.message}`, "fault");
  }
}

/** Counts above the table go along. */
function tally(name, change) {
  const place = document.querySelector(`[data-count="${CSS.escape(name)}"]`);
  if (place) place.textContent = String(Number(place.textContent) + change);
}
