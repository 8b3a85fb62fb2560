// A screen's name, who sees it, and putting it away.
import { call } from "./api.js";
import { notice } from "./notice.js";

/** @param {HTMLElement} head */
export function start(head) {
  const part = (name) => head.querySelector(`[data-part="${name}"]`);
  const change = async (fields) => {
    try {
      const screen = await call("PATCH", head.dataset.api, fields);
      return screen ?? {};
    } catch (error) {
      notice(error.message, "fault");
      return null;
    }
  };
  part("rename")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    if (name && (await change({ name }))) {
      part("name").textContent = name;
      document.title = `${name} – Isobole`;
      notice("Renamed.");
    }
  });
  part("private")?.addEventListener("change", async (event) => {
    const box = event.target;
    if (await change({ private: box.checked })) notice(box.checked ? "Only you see it now." : "Everybody sees it now.");
    else box.checked = !box.checked;
  });
  part("archive")?.addEventListener("click", async (event) => {
    const isArchived = event.target.dataset.archived === "true";
    if (await change({ archived: !isArchived })) location.assign(isArchived ? location.pathname : "/");
  });
}
