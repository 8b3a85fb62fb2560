// Runs that go on, in a screen's table of runs.
import { follow } from "./run-stream.js";
import { swap } from "./swap.js";

/** @param {HTMLElement} place */
export function start(place) {
  for (const row of place.querySelectorAll("tr[data-run]")) {
    const bar = row.querySelector("progress");
    if (!bar) continue;
    follow(`${place.dataset.api}/runs/${row.dataset.run}`, (run) => {
      if (!["queued", "running"].includes(run.state)) {
        swap(location.pathname, ["runs"]).catch(() => {});
        return;
      }
      const share = Math.min(1, Math.max(0, run.fraction ?? 0));
      bar.value = share;
      const state = row.querySelector(".state");
      state.textContent = run.state;
      state.className = `state ${run.state}`;
      row.querySelector('[data-part="percent"]').textContent = `${Math.round(share * 100)} %`;
    });
  }
}
