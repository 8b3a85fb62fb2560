// Gives every box of a map its value by pointer and by keyboard. A map is drawn with one path a colour; the boxes that
// react are laid over it when it is first pointed at or reached with Tab. On a combination's page the same dose pair is
// framed in every map, and choosing a box says so to whoever listens ("cell-chosen").
import { draw } from "./build.js";
import { hideTip, showTip } from "./tip.js";

/** @param {HTMLElement} root Holds figures with data-cells. */
export function start(root) {
  const canChoose = document.getElementById("well-dialog") !== null;
  for (const figure of root.querySelectorAll("figure[data-cells]")) {
    const svg = figure.querySelector("svg");
    const name = svg.querySelector("title")?.textContent ?? "";
    // The browser's own tooltip would lie over ours.
    svg.querySelector("title")?.remove();
    svg.setAttribute("aria-label", name);
    svg.tabIndex = 0;
    const lay = () => {
      svg.removeEventListener("pointerenter", lay);
      svg.removeEventListener("focus", begin);
      if (!figure.boxes) new Boxes(figure, svg, name, canChoose);
    };
    const begin = () => {
      lay();
      figure.boxes.enter();
    };
    svg.addEventListener("pointerenter", lay);
    svg.addEventListener("focus", begin);
  }
}

class Boxes {
  #at = 0;

  constructor(figure, svg, name, canChoose) {
    figure.boxes = this;
    this.cells = JSON.parse(figure.dataset.cells);
    this.figure = figure;
    this.maps = figure.closest(".maps");
    const isChoice = canChoose && this.maps !== null;
    const layer = draw("g", { class: isChoice ? "boxes choice" : "boxes" });
    const { x, y, w, h, rows, columns, values } = this.cells;
    this.rects = values.map((value, place) => {
      const [row, column] = [Math.floor(place / columns.length), place % columns.length];
      if (!value) return null;
      const rect = draw("rect", {
        x: x[column], y: y[row], width: w, height: h, tabindex: -1, role: isChoice ? "button" : "img",
        "aria-label": `${this.#head(row, column)}: ${value}`, "data-row": rows[row], "data-column": columns[column],
      });
      rect.addEventListener("pointerenter", () => this.#show(place));
      rect.addEventListener("focus", () => this.#show(place));
      rect.addEventListener("pointerleave", () => this.#hide());
      rect.addEventListener("blur", () => this.#hide());
      if (isChoice) rect.addEventListener("click", () => this.#choose(place));
      layer.append(rect);
      return rect;
    });
    svg.setAttribute("role", "group");
    svg.removeAttribute("tabindex");
    svg.addEventListener("keydown", (event) => this.#key(event, isChoice));
    svg.append(layer);
    // The lowest doses are the last row of the drawing, but the first of the list.
    this.#at = this.rects.findIndex(Boolean);
    if (this.#at >= 0) this.rects[this.#at].setAttribute("tabindex", "0");
  }

  /** Moves the focus into the map. */
  enter() {
    this.rects[this.#at]?.focus();
  }

  #head(row, column) {
    const [first, second] = [this.cells.rows[row], this.cells.columns[column]];
    return /^[A-Z]{1,2}$/.test(first) ? first + second : `${first} × ${second}`;
  }

  /** The row and column among the block's doses. */
  #pair(place) {
    const width = this.cells.columns.length;
    return [Math.floor(place / width) + this.cells.start[0], (place % width) + this.cells.start[1]];
  }

  #show(place) {
    const width = this.cells.columns.length;
    showTip(this.rects[place], this.#head(Math.floor(place / width), place % width), this.cells.values[place]);
    const [row, column] = this.#pair(place);
    for (const figure of this.#siblings()) frame(figure, row, column);
  }

  #hide() {
    hideTip();
    for (const figure of this.#siblings()) figure.querySelector(".same")?.remove();
  }

  #siblings() {
    return this.maps ? this.maps.querySelectorAll("figure[data-cells]") : [this.figure];
  }

  #choose(place) {
    const [row, column] = this.#pair(place);
    hideTip();
    this.figure.dispatchEvent(new CustomEvent("cell-chosen", { bubbles: true, detail: { maps: this.maps, row, column } }));
  }

  #key(event, isChoice) {
    const width = this.cells.columns.length;
    // Upwards is a higher dose on a dose map, and the row before on a plate.
    const up = this.cells.y.length > 1 && this.cells.y[1] < this.cells.y[0] ? width : -width;
    const step = { ArrowUp: up, ArrowDown: -up, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (isChoice && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.#choose(this.#at);
      return;
    }
    if (!step) return;
    event.preventDefault();
    let next = this.#at;
    do {
      if (Math.abs(step) === 1 && Math.floor((next + step) / width) !== Math.floor(next / width)) return;
      next += step;
      if (next < 0 || next >= this.rects.length) return;
    } while (!this.rects[next]);
    this.rects[this.#at].setAttribute("tabindex", "-1");
    this.#at = next;
    this.rects[next].setAttribute("tabindex", "0");
    this.rects[next].focus();
  }
}

/** Frames a dose pair in a map. */
function frame(figure, row, column) {
  figure.querySelector(".same")?.remove();
  const cells = figure.boxes?.cells ?? JSON.parse(figure.dataset.cells);
  const [y, x] = [cells.y[row - cells.start[0]], cells.x[column - cells.start[1]]];
  if (x === undefined || y === undefined) return;
  figure.querySelector("svg").append(draw("rect", { class: "same", x, y, width: cells.w, height: cells.h }));
}
