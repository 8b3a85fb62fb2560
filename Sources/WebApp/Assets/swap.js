// Fetches a page again and puts some of its parts in the place of this page's: the server alone writes markup.
import { startAll } from "./parts.js";

/**
 * Replaces the elements with these ids by those of the page at an address.
 * @param {string} address
 * @param {string[]} ids
 * @param {AbortSignal} [signal]
 * @returns {Promise<Document>} The page that came, for what else it tells.
 */
export async function swap(address, ids, signal) {
  const response = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", signal });
  if (!response.ok) throw new Error(`The page could not be fetched again (${response.status}).`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ids) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh) continue;
    const element = document.adoptNode(fresh);
    old.replaceWith(element);
    await startAll(element);
  }
  return page;
}
