// The ranked table: a header sorts by its column, fields above it search and choose. Of many rows the first are shown,
// since a browser takes seconds to lay out thousands.
const ranking = (() => {
  const table = document.querySelector("table.rank");
  if (!table) return { rows: [], reveal() {} };
  const step = 500; // as many rows as the style sheet shows at first (class later)
  const body = table.tBodies[0];
  const rows = [...body.rows]; // best first, however the table is sorted later
  const heads = [...table.tHead.rows[0].cells];
  let order = rows;
  let limit = step;

  // What a row is sorted by: the number that a cell begins with, else its text.
  function sortKey(row, column) {
    const first = row.cells[column].firstChild;
    const text = (first ? first.textContent : "").replace("−", "-");
    const number = parseFloat(text);
    return isNaN(number) || /[^-+.\d]/.test(text) ? text.toLowerCase() : number;
  }

  function sort(column) {
    const head = heads[column];
    const keys = rows.map((row) => [sortKey(row, column), row]);
    const isNumeric = keys.some(([key]) => typeof key == "number");
    const now = head.getAttribute("aria-sort");
    // Scores begin with the largest; ranks and names with the first.
    const direction = now ? (now == "ascending" ? -1 : 1) : isNumeric && column ? -1 : 1;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    keys.sort(([one], [other]) => {
      if (typeof one != typeof other) return typeof one == "number" ? -1 : 1;
      return (one < other ? -1 : one > other ? 1 : 0) * direction;
    });
    order = keys.map(([, row]) => row);
    body.append(...order);
    update();
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.onclick = () => sort(column);
    head.replaceChildren(button);
  });
  heads[0].setAttribute("aria-sort", "ascending");

  const box = document.getElementById("filter");
  function field(name, element) {
    const label = document.createElement("label");
    label.append(name, element);
    box.append(label);
    return element;
  }

  const search = field("Search", document.createElement("input"));
  search.type = "search";
  search.placeholder = "drug, sample or flag";
  const choices = [];
  for (const [key, name] of [["c", "Call"], ["a", "Anchor"], ["p", "Partner"], ["k", "Partner class"], ["s", "Sample"]]) {
    const counts = new Map();
    for (const row of rows) {
      const value = row.dataset[key];
      if (value) counts.set(value, (counts.get(value) || 0) + 1);
    }
    if (counts.size < 2) continue;
    const select = field(name, document.createElement("select"));
    select.dataset.k = key;
    select.append(new Option("all", ""));
    const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other));
    for (const [value, count] of sorted) select.append(new Option(`${value} (${count})`, value));
    choices.push(select);
  }
  const shown = document.createElement("output");
  shown.className = "k";
  box.append(shown);

  const texts = new Map();
  function textOf(row) {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  }

  const more = document.createElement("button");
  more.type = "button";
  more.className = "b2";
  more.hidden = true;
  more.onclick = showAll;
  table.parentElement.after(more);

  function update() {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
    const chosen = choices.filter((select) => select.value);
    let count = 0;
    for (const row of order) {
      const fits =
        words.every((word) => textOf(row).includes(word)) &&
        chosen.every((select) => row.dataset[select.dataset.k] == select.value);
      count += fits;
      row.hidden = !fits || count > limit;
    }
    table.classList.add("live");
    shown.textContent = search.value || chosen.length ? `${count} of ${rows.length}` : "";
    more.hidden = count <= limit;
    more.textContent = `Show all ${count} combinations`;
  }

  function showAll() {
    limit = Infinity;
    update();
  }

  /** Shows a row that is not among the shown ones. */
  function reveal(row) {
    row.hidden = false;
    row.scrollIntoView({ block: "center", behavior: "instant" });
  }

  search.oninput = update;
  for (const select of choices) select.onchange = update;
  if (rows.length > step) update();
  addEventListener("beforeprint", showAll);
  return { rows, reveal };
})();
