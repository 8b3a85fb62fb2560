// Starts what a page asks for. An element with data-use="upload" is handed to the module upload.js, whose function
// start(element) makes it live. A page without JavaScript is whole but for uploads, edits and hover values.

/** Modules that pages may ask for: nothing else is ever loaded. */
const modules = new Set([
  "analyse", "back", "cells", "comments", "dots", "example", "file", "left-out", "live-runs", "menu", "new-screen", "ranking",
  "remove-file", "review", "run", "screen-settings", "sign-in", "sign-out", "times", "upload", "views",
]);
const started = new WeakMap();

/**
 * Starts everything below an element, each once. Called again for parts that were fetched later.
 * @param {ParentNode} root
 * @returns {Promise<void>}
 */
export async function startAll(root) {
  const elements = [...root.querySelectorAll("[data-use]")];
  if (root instanceof Element && root.matches("[data-use]")) elements.unshift(root);
  const waiting = elements.map((element) => start(element.dataset.use, element));
  waiting.push(start("times", root));
  await Promise.all(waiting);
}

async function start(name, element) {
  if (!modules.has(name)) return;
  const done = started.get(element) ?? new Set();
  if (done.has(name) && name !== "times") return;
  started.set(element, done.add(name));
  const module = await import(`./${name}.js`);
  module.start(element);
}
