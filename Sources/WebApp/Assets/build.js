// Builds elements. Text is always set as text, never parsed as markup.

/**
 * Makes an element.
 * @param {string} name
 * @param {Record<string, unknown>} [properties] Attributes; functions are listeners (`onclick`); true is an empty one,
 *   false and null are left out.
 * @param {...(Node | string | null)} content
 */
export function make(name, properties = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element[key] = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...content.filter((part) => part !== null));
  return element;
}

/**
 * Makes an element of a drawing.
 * @param {string} name
 * @param {Record<string, unknown>} attributes
 */
export function draw(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
