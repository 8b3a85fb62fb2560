// Files on their way to the server: at most three at once, each a PUT of its bytes with progress. Knows nothing of the page.
import { csrf, fault } from "./api.js";
import { bytes } from "./format.js";

/**
 * @typedef {object} Upload
 * @property {number} id
 * @property {string} name Its name within the screen.
 * @property {File} file
 * @property {"waiting" | "sending" | "arrived" | "failed" | "cancelled"} state
 * @property {number} share How much of it is sent, 0 … 1.
 * @property {string} message Why it failed, or what is worth knowing.
 */

/** How many are sent at once. */
const most = 3;

export class UploadQueue {
  /** @type {Upload[]} */
  uploads = [];
  #requests = new Map();
  #next = 1;

  /**
   * @param {string} api The screen's address below /api/v1.
   * @param {number} largest Bytes that a file may have.
   * @param {(upload: Upload) => void} changed Called whenever an upload changed.
   */
  constructor(api, largest, changed) {
    this.api = api;
    this.largest = largest;
    this.changed = changed;
  }

  /** Whether something is still on its way. */
  get isBusy() {
    return this.uploads.some((upload) => upload.state === "waiting" || upload.state === "sending");
  }

  /**
   * Takes files, with the folder that each was dropped in.
   * @param {{file: File, folder: string}[]} files
   */
  add(files) {
    for (const { file, folder } of files) {
      const isTaken = (name) => this.uploads.some((upload) => upload.name === name && upload.state !== "cancelled");
      const name = folder && isTaken(file.name) ? `${folder.replaceAll("/", " - ")} - ${file.name}` : file.name;
      const upload = { id: this.#next++, name, file, state: "waiting", share: 0, message: "" };
      if (file.size > this.largest) {
        upload.state = "failed";
        upload.message = `${bytes(file.size)}: the server takes files up to ${bytes(this.largest)}.`;
      }
      this.uploads.push(upload);
      this.changed(upload);
    }
    this.#send();
  }

  /** Stops an upload; what arrived of it is not kept. */
  cancel(id) {
    const upload = this.#find(id);
    if (!upload || !["waiting", "sending"].includes(upload.state)) return;
    upload.state = "cancelled";
    upload.message = "";
    this.#requests.get(id)?.abort();
    this.changed(upload);
    this.#send();
  }

  /** Stops all that is on its way. */
  cancelAll() {
    for (const upload of this.uploads.filter((one) => one.state === "waiting")) this.cancel(upload.id);
    for (const upload of this.uploads.filter((one) => one.state === "sending")) this.cancel(upload.id);
  }

  /** Sends one again that failed or was stopped. */
  retry(id) {
    const upload = this.#find(id);
    if (!upload || !["failed", "cancelled"].includes(upload.state)) return;
    upload.state = "waiting";
    upload.share = 0;
    upload.message = "";
    this.changed(upload);
    this.#send();
  }

  #find(id) {
    return this.uploads.find((upload) => upload.id === id);
  }

  #send() {
    while (this.#requests.size < most) {
      const upload = this.uploads.find((one) => one.state === "waiting");
      if (!upload) return;
      this.#put(upload);
    }
  }

  /** @param {Upload} upload */
  #put(upload) {
    const request = new XMLHttpRequest();
    this.#requests.set(upload.id, request);
    upload.state = "sending";
    request.open("PUT", `${this.api}/files/${encodeURIComponent(upload.name)}`);
    request.setRequestHeader("X-Isobole-CSRF", csrf());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable || upload.state !== "sending") return;
      upload.share = event.total ? event.loaded / event.total : 1;
      this.changed(upload);
    };
    request.onload = () => this.#end(upload, request);
    request.onerror = () => this.#end(upload, null);
    request.onabort = () => this.#end(upload, null);
    this.changed(upload);
    request.send(upload.file);
  }

  #end(upload, request) {
    this.#requests.delete(upload.id);
    if (upload.state === "sending") {
      if (request && request.status >= 200 && request.status < 300) {
        upload.state = "arrived";
        upload.share = 1;
        upload.message = arrival(request);
      } else {
        upload.state = "failed";
        upload.message = request
          ? fault(request.status, request.responseText).message
          : "The connection broke, or the file can no longer be read.";
      }
      this.changed(upload);
    }
    this.#send();
  }
}

/** What is worth knowing of a file that arrived. */
function arrival(request) {
  let answer = null;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    return "";
  }
  if (request.status === 200) return "was here already, the same content";
  const same = (answer?.same_as ?? []).map((one) => (typeof one === "string" ? one : one.name)).filter(Boolean);
  return same.length ? `same content as ${same.join(", ")}` : "";
}
