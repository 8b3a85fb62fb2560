// Follows a run: by server-sent events, and by asking every two seconds where these do not come through.
import { call } from "./api.js";

/** States after which nothing more comes. */
const ended = new Set(["finished", "failed", "cancelled", "interrupted"]);

/**
 * Follows a run until it ends.
 * @param {string} api The run's address below /api/v1.
 * @param {(run: any) => void} told Called with the run's JSON, the last time with an ended one.
 */
export function follow(api, told) {
  let isOver = false;
  let faults = 0;
  const source = new EventSource(`${api}/events`);
  const take = (run) => {
    if (isOver || !run) return;
    faults = 0;
    if (ended.has(run.state)) {
      isOver = true;
      source.close();
    }
    told(run);
  };
  source.addEventListener("run", (event) => {
    try {
      take(JSON.parse(event.data));
    } catch {
      // A line that is no JSON is passed over; the next one tells the same and more.
    }
  });
  source.onerror = () => {
    faults += 1;
    // A browser connects again by itself, unless the answer was no stream.
    if (isOver || (source.readyState !== EventSource.CLOSED && faults < 3)) return;
    source.close();
    ask();
  };
  async function ask() {
    while (!isOver) {
      try {
        take(await call("GET", api));
      } catch {
        // Ask again: the server may be starting.
      }
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
