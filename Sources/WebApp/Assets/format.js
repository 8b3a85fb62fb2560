// Numbers and moments, written as the server writes them.

/** Percentage points with their sign, one decimal: `+12.3`, `−4.0`; a dash for none. */
export function points(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(1);
  return (text === "0.0" ? "" : value < 0 ? "−" : "+") + text;
}

/** An interval of points; empty for none. */
export function interval(low, high) {
  return low === null || low === undefined ? "" : `${points(low)} … ${points(high)}`;
}

/** A p value: `0.003`, `< 0.001`; a dash for none. */
export function pValue(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return value < 0.001 ? "< 0.001" : String(Number(value.toPrecision(2)));
}

/** A number with three significant digits. */
export function number(value) {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** The class of a synergy's colour: report.css knows it. */
export function synergyClass(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "x";
  const share = Math.min(1, Math.max(-1, value / 50)) * 10;
  return `s${Math.sign(share) * Math.round(Math.abs(share)) + 10}`;
}

/** `1 well`, `12 wells`. */
export function count(value, word) {
  return `${value.toLocaleString("en")} ${word}${value === 1 ? "" : "s"}`;
}

/** `820 bytes`, `14 kB`, `3.2 MB`. */
export function bytes(value) {
  if (value < 1000) return count(value, "byte");
  const [size, unit] = value < 1e6 ? [value / 1e3, "kB"] : value < 1e9 ? [value / 1e6, "MB"] : [value / 1e9, "GB"];
  return `${Number(size.toPrecision(3))} ${unit}`;
}

/** A moment in the reader's own time, to the minute: `2026-11-26 04:18`. */
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (value) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `
    + `${two(date.getHours())}:${two(date.getMinutes())}`;
}
