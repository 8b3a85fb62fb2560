// Makes a screen of the simulated example and opens it.
import { call, csrf, fault } from "./api.js";
import { notice } from "./notice.js";

const FILE = "simulated-xpo1-screen.csv";

/** @param {HTMLButtonElement} button */
export function start(button) {
  button.onclick = async () => {
    button.disabled = true;
    try {
      const example = await fetch(`/example/${FILE}`, { credentials: "same-origin" });
      if (!example.ok) throw fault(example.status, await example.text());
      const bytes = await example.blob();
      const screen = await call("POST", "/api/v1/screens", { name: "Example: a simulated XPO1 screen", private: false });
      const place = `/screens/${encodeURIComponent(screen.id)}`;
      const put = await fetch(`/api/v1${place}/files/${FILE}`, {
        method: "PUT", body: bytes, headers: { "X-Isobole-CSRF": csrf() }, credentials: "same-origin",
      });
      if (!put.ok) throw fault(put.status, await put.text());
      location.assign(place);
    } catch (error) {
      button.disabled = false;
      notice(error.message, "fault");
    }
  };
}
