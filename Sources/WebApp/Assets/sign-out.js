// Ends the session.
import { call } from "./api.js";
import { notice } from "./notice.js";

/** @param {HTMLButtonElement} button */
export function start(button) {
  button.onclick = async () => {
    try {
      await call("DELETE", "/api/v1/session");
      location.assign("/sign-in");
    } catch (error) {
      notice(error.message, "fault");
    }
  };
}
