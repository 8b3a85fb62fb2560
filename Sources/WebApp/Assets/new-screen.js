// Makes a screen and opens it.
import { call } from "./api.js";
import { notice } from "./notice.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const screen = await call("POST", "/api/v1/screens", {
        name: form.elements.name.value, private: form.elements.private.checked,
      });
      location.assign(`/screens/${encodeURIComponent(screen.id)}`);
    } catch (error) {
      button.disabled = false;
      notice(error.message, "fault");
    }
  };
}
