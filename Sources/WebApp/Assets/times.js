// Shows every moment in the reader's own time; the server writes UTC.
import { moment } from "./format.js";

/** @param {ParentNode} root */
export function start(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    if (!time.title) time.title = time.textContent;
    time.textContent = moment(time.dateTime);
  }
}
