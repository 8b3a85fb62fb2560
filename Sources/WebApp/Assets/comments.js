// Comments on a combination: shown at once, taken back into the field when the server says no.
import { call } from "./api.js";
import { make } from "./build.js";
import { count, moment } from "./format.js";

/** @param {HTMLElement} section */
export function start(section) {
  const form = section.querySelector("form");
  const list = section.querySelector('[data-part="list"]');
  if (!form) return;
  const problem = form.querySelector(".problem");
  const field = form.elements.text;
  const tell = () => {
    const number = list.children.length;
    section.querySelector('[data-part="count"]').textContent = number ? count(number, "comment") : "none yet";
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const words = make("span", { class: "k" }, "being saved");
    const row = make("li", { class: "pending" }, make("p", {}, text), words);
    list.append(row);
    tell();
    field.value = "";
    problem.textContent = "";
    try {
      const comment = await call("POST", section.dataset.api, { text });
      row.className = "";
      words.textContent = [comment?.by, moment(comment?.at ?? new Date().toISOString())].filter(Boolean).join(", ");
    } catch (error) {
      row.remove();
      tell();
      field.value = text;
      problem.textContent = `Not saved. ${error.message}`;
    }
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
}
