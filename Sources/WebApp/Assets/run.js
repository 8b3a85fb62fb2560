// A run's progress on its own page; when the run ends the page is loaded anew with what came of it.
import { call } from "./api.js";
import { count } from "./format.js";
import { notice } from "./notice.js";
import { follow } from "./run-stream.js";

/** @param {HTMLElement} section */
export function start(section) {
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const bar = section.querySelector("progress");
  follow(section.dataset.api, (run) => {
    if (!["queued", "running"].includes(run.state)) {
      location.reload();
      return;
    }
    part("state").textContent = run.state;
    part("state").className = `state ${run.state}`;
    const share = Math.min(1, Math.max(0, run.fraction ?? 0));
    bar.value = share;
    part("percent").textContent = `${Math.round(share * 100)} %`;
    document.title = `${Math.round(share * 100)} % · ${document.title.replace(/^\d+ % · /, "")}`;
    part("words").textContent = run.state === "queued"
      ? "Waiting for its turn."
      : `${count(run.files_read ?? 0, "file")} read, ${count(run.blocks ?? 0, "block")} analysed`;
  });
  const cancel = part("cancel");
  if (!cancel) return;
  cancel.onclick = async () => {
    cancel.disabled = true;
    cancel.textContent = "Cancelling…";
    try {
      await call("POST", `${section.dataset.api}/cancel`);
    } catch (error) {
      cancel.disabled = false;
      cancel.textContent = "Cancel this run";
      notice(error.message, "fault");
    }
  };
}
