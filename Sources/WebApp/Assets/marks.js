// Marks of wells that were left out, on every map of a combination: a corner for some wells of a box, a cross for all.
import { draw } from "./build.js";

/**
 * Draws the marks anew.
 * @param {Element} maps An element with data-wells.
 * @param {{doses: number[], response: number | null}[]} out The wells that are out.
 */
export function mark(maps, out) {
  for (const old of maps.querySelectorAll(".lo")) old.remove();
  const wells = JSON.parse(maps.dataset.wells);
  for (const figure of maps.querySelectorAll("figure[data-cells]")) {
    const cells = JSON.parse(figure.dataset.cells);
    const svg = figure.querySelector("svg");
    for (const [place, isWhole] of chosen(wells, out)) {
      const width = wells.columns.length;
      const y = cells.y[Math.floor(place / width) - cells.start[0]];
      const x = cells.x[(place % width) - cells.start[1]];
      if (x === undefined || y === undefined) continue;
      const path = isWhole
        ? `M${x + 2} ${y + 2}L${x + cells.w - 2} ${y + cells.h - 2}M${x + cells.w - 2} ${y + 2}L${x + 2} ${y + cells.h - 2}`
        : `M${x + cells.w - 9} ${y}h9v9z`;
      svg.insertBefore(draw("path", { class: isWhole ? "lo whole" : "lo", d: path }), svg.querySelector(".boxes"));
    }
  }
}

/**
 * The places of a block's boxes that have wells left out, and whether all of them are.
 * @returns {Map<number, boolean>}
 */
function chosen(wells, out) {
  const places = new Map();
  for (const well of out) {
    const place = placeOf(wells, well.doses);
    if (place < 0) continue;
    const own = out.filter((other) => placeOf(wells, other.doses) === place);
    places.set(place, own.some((other) => other.response === null) || own.length >= wells.wells[place].length);
  }
  return places;
}

/** The place of a dose pair in a slice; −1 where it is not in it. */
export function placeOf(wells, doses) {
  const near = (one, other) => Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
  const row = wells.rows.findIndex((dose) => near(dose, doses[0]));
  const column = wells.columns.findIndex((dose) => near(dose, doses[1]));
  const isHere = wells.fixed.every((dose, place) => near(dose, doses[place + 2]));
  return row < 0 || column < 0 || !isHere ? -1 : row * wells.columns.length + column;
}
