// Removes a file after a second press: nothing asks in a window of its own.
import { call } from "./api.js";
import { notice } from "./notice.js";
import { swap } from "./swap.js";

/** @param {HTMLButtonElement} button */
export function start(button) {
  let timer = 0;
  const calm = () => {
    clearTimeout(timer);
    delete button.dataset.sure;
    button.textContent = "Remove";
  };
  button.onblur = calm;
  button.onclick = async () => {
    if (!button.dataset.sure) {
      button.dataset.sure = "true";
      button.textContent = "Really remove?";
      timer = setTimeout(calm, 5000);
      return;
    }
    button.disabled = true;
    try {
      await call("DELETE", button.dataset.api, undefined, { "If-Match": button.dataset.version });
      notice(`${button.dataset.name} was removed. Finished runs keep what they read.`);
      await swap(location.pathname, ["files", "file-count", "analyse"]);
    } catch (error) {
      button.disabled = false;
      calm();
      notice(error.message, "fault");
    }
  };
}
