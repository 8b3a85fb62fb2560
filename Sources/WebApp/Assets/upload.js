// The place where files are dropped: shows each on its way, and the table of files anew as they arrive.
import { make } from "./build.js";
import { dropped, isWanted } from "./dropped.js";
import { count } from "./format.js";
import { notice } from "./notice.js";
import { swap } from "./swap.js";
import { UploadQueue } from "./upload-queue.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const place = form.parentElement.querySelector('[data-part="queue"]');
  const rows = new Map();
  const list = make("ul", {});
  const words = make("p", { role: "status" });
  const stop = make("button", { type: "button", class: "quiet", onclick: () => queue.cancelAll() }, "Cancel all");
  const clear = make("button", { type: "button", class: "quiet", onclick: () => tidy(true) }, "Clear the list");
  place.append(make("div", { class: "line" }, words, stop, clear), list);
  const queue = new UploadQueue(form.dataset.api, Number(form.dataset.largest) || Infinity, changed);

  function changed(upload) {
    const row = rows.get(upload.id) ?? newRow(upload);
    row.element.className = upload.state;
    row.bar.value = upload.share;
    row.bar.hidden = !["waiting", "sending"].includes(upload.state);
    row.words.textContent = said(upload);
    row.cancel.hidden = row.bar.hidden;
    row.retry.hidden = !["failed", "cancelled"].includes(upload.state);
    summary();
    if (upload.state === "arrived") refresh();
  }

  function newRow(upload) {
    const row = {
      bar: make("progress", { max: 1, value: 0, "aria-label": upload.name }),
      words: make("span", { class: "k" }),
      cancel: make("button", {
        type: "button", class: "quiet", "aria-label": `Cancel ${upload.name}`, onclick: () => queue.cancel(upload.id),
      }, "Cancel"),
      retry: make("button", {
        type: "button", "aria-label": `Send ${upload.name} again`, onclick: () => queue.retry(upload.id),
      }, "Try again"),
    };
    row.element = make("li", {}, make("b", {}, upload.name), row.words, row.bar, row.cancel, row.retry);
    list.append(row.element);
    rows.set(upload.id, row);
    return row;
  }

  function summary() {
    place.hidden = queue.uploads.length === 0;
    const of = (state) => queue.uploads.filter((upload) => upload.state === state).length;
    const parts = [`${of("arrived")} of ${count(queue.uploads.length, "file")} arrived`];
    if (of("failed")) parts.push(`${of("failed")} failed`);
    if (of("cancelled")) parts.push(`${of("cancelled")} cancelled`);
    words.textContent = parts.join(", ");
    stop.hidden = !queue.isBusy;
    clear.hidden = queue.isBusy;
  }

  /** Takes rows of files that the table shows off the list; all rows when asked. */
  function tidy(all) {
    for (const upload of queue.uploads) {
      if (!all && (upload.state !== "arrived" || upload.message)) continue;
      rows.get(upload.id)?.element.remove();
    }
    if (!all) return;
    rows.clear();
    queue.uploads = [];
    summary();
  }

  let timer = 0;
  function refresh() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const open = document.querySelector("#analyse details")?.open;
        await swap(location.pathname, ["files", "file-count", "analyse"]);
        const details = document.querySelector("#analyse details");
        if (details && open) details.open = true;
        tidy(false);
      } catch (error) {
        notice(error.message, "fault");
      }
    }, 250);
  }

  for (const input of form.querySelectorAll('input[type="file"]')) {
    input.onchange = () => {
      queue.add([...input.files].filter((file) => isWanted(file.name)).map((file) => ({
        file, folder: file.webkitRelativePath.split("/").slice(0, -1).join("/"),
      })));
      input.value = "";
    };
  }
  // A file that misses the zone would otherwise replace the page.
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  addEventListener("drop", async (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    try {
      queue.add(await dropped(event.dataTransfer));
    } catch {
      notice("A dropped folder could not be read. Choose its files instead.", "fault");
    }
  });
  addEventListener("beforeunload", (event) => {
    if (queue.isBusy) event.preventDefault();
  });
}

function said(upload) {
  switch (upload.state) {
    case "waiting": return "waits";
    case "sending": return upload.share < 1 ? `${Math.round(upload.share * 100)} %` : "being read";
    case "arrived": return upload.message || "arrived";
    case "cancelled": return "cancelled";
    default: return upload.message;
  }
}
