// A dot of the screen's charts leads to its combination.

/** @param {HTMLElement} place */
export function start(place) {
  place.addEventListener("click", (event) => {
    const dot = event.target.closest("g[data-b]");
    if (dot) location.assign(`${place.dataset.address}/blocks/${dot.dataset.b}`);
  });
}
