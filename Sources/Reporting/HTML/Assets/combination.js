// Combinations without a written page: their responses and scores lie in the page as JSON (CombinationData), and their
// page is made of these and of their row in the ranked table when it is opened.
const combinations = (() => {
  const rows = new Map(ranking.rows.map((row, place) => [Number(row.id.slice(1)), { row, place }]));
  let data = null;

  function read() {
    if (data) return data;
    data = JSON.parse(document.getElementById("combination-data").textContent);
    data.found = new Map(data.blocks.map((block) => [block[0] + 1, block]));
    return data;
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function link(text, target, rel) {
    const made = element("a", "", text);
    made.href = target;
    if (rel) made.rel = rel;
    return made;
  }

  /** Whether a row's page is in the file or can be made of its data. */
  function canOpen(row) {
    return row && ("o" in row.dataset || document.getElementById("b" + row.id.slice(1)));
  }

  /** The link to the combination before or after one in the ranking; null where that has no page. */
  function neighbour(place, step) {
    const row = ranking.rows[place + step];
    if (!canOpen(row)) return null;
    const name = step < 0 ? "Previous" : "Next";
    return link(`${name}: #${row.cells[0].textContent}`, "#b" + row.id.slice(1), step < 0 ? "prev" : "next");
  }

  // The names of combinations whose page can be made lead to it; the last written page leads on to them.
  for (const row of ranking.rows) {
    if (!("o" in row.dataset)) continue;
    const name = row.cells[1].firstChild;
    const made = link("", "#b" + row.id.slice(1));
    name.replaceWith(made);
    made.append(name);
  }
  for (const page of document.querySelectorAll("section.b:last-child")) {
    const known = rows.get(Number(page.id.slice(1)));
    const next = known && neighbour(known.place, 1);
    if (next) page.querySelector(".bn").append(next);
  }

  function number(tenths, isSigned) {
    const text = Math.abs(tenths / 10).toFixed(1);
    return (tenths < 0 ? "−" : isSigned && tenths > 0 ? "+" : "") + text;
  }

  function level(value, limit, steps) {
    const share = Math.max(-1, Math.min(1, value / limit)) * steps;
    return Math.sign(share) * Math.round(Math.abs(share));
  }

  /** A map as a table: the first drug's doses upwards, the second's to the right. `box` tells a cell's class and text. */
  function map(name, detail, first, second, box) {
    const table = element("table", "hm", element("caption", "", `↑ ${first.title}`));
    const body = element("tbody");
    for (let row = first.doses.length - 1; row >= 0; row--) {
      const head = element("th", "", first.doses[row]);
      head.scope = "row";
      const line = element("tr", "", head);
      for (let column = 0; column < second.doses.length; column++) {
        const [className, text] = box(row, column);
        line.append(element("td", className, text));
      }
      body.append(line);
    }
    const doses = element("tr", "", element("td"));
    for (const dose of second.doses) {
      const head = element("th", "", dose);
      head.scope = "col";
      doses.append(head);
    }
    const title = element("td", "", `${second.title} →`);
    title.colSpan = second.doses.length + 1;
    table.append(body, element("tfoot", "", doses, element("tr", "", title)));
    const frame = element("div", "t map", table);
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", name);
    return element("figure", "", element("figcaption", "", element("b", "", name), detail), frame);
  }

  function positive(axis) {
    const start = axis.doses[0] == "0" ? 1 : 0;
    return { title: axis.title, doses: axis.doses.slice(start), start };
  }

  /** Responses and each model's synergy over two drugs, as maps and as the data of the surface. */
  function slice([caption, responses, ...scores], first, second) {
    const box = element("div", "maps");
    if (caption) box.append(element("h4", "", `At ${caption}`));
    const maps = element("div", "f");
    maps.dataset.v = "Values";
    maps.append(
      map("Response", ", % inhibition", first, second, (row, column) => {
        const value = responses[row * second.doses.length + column];
        if (value === null) return ["x", "–"];
        return ["r" + level(Math.max(0, value / 10), 100, data.responseSteps), number(value, false)];
      }),
    );
    const [rows, columns] = [positive(first), positive(second)];
    const surfaces = {};
    scores.forEach((score, place) => {
      const name = data.models[place];
      maps.append(
        map(name, ", percentage points", rows, columns, (row, column) => {
          const value = score[row * columns.doses.length + column];
          if (value !== null) {
            const step = level(value / 10, data.synergyLimit, data.synergySteps) + data.synergySteps;
            return ["s" + step, number(value, true)];
          }
          const response = responses[(row + rows.start) * second.doses.length + column + columns.start];
          return ["x", response === null ? "–" : "×"];
        }),
      );
      surfaces[name] = rows.doses.map((_, row) =>
        columns.doses.map((_, column) => {
          const value = score[row * columns.doses.length + column];
          return value === null ? null : value / 10;
        }),
      );
    });
    box.append(maps);
    if (rows.doses.length > 1 && columns.doses.length > 1) {
      const surface = element("div", "surface");
      surface.dataset.v = "Surface";
      surface.dataset.s = JSON.stringify({
        y: rows.doses, yt: rows.title, x: columns.doses, xt: columns.title, m: surfaces,
      });
      surface.hidden = true;
      box.append(surface);
    }
    return box;
  }

  /** The scores that the row of the ranked table has, and its flags. */
  function facts(row) {
    const heads = [...row.closest("table").tHead.rows[0].cells];
    const list = element("dl", "n");
    for (let column = 4; column < heads.length - 1; column++) {
      const [value, small] = row.cells[column].childNodes;
      const shown = element("dd", "", value ? value.textContent : "–");
      if (small) shown.append(small.cloneNode(true));
      list.append(element("div", "", element("dt", "", heads[column].textContent), shown));
    }
    return list;
  }

  /** A word of a command line, in quotes where a shell would take it apart. */
  function quoted(word) {
    return /^[\w.,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  }

  function command(row, names) {
    const words = [`--anchor ${quoted(names[0])}`, `--partner ${quoted(names[1])}`];
    if (row.dataset.s) words.push(`--sample ${quoted(row.dataset.s)}`);
    return `isobole report DIRECTORY ${words.join(" ")}`;
  }

  /** The page of a combination, made of its data; null where it has none. */
  function page(number) {
    const known = rows.get(number);
    if (!known || !("o" in known.row.dataset)) return null;
    const block = read().found.get(number);
    if (!block) return null;
    const { row, place } = known;
    const [, first, second, ...slices] = block;
    const axes = [first, second].map((axis) => {
      const [name, title, doses] = data.axes[axis];
      return { name, title, doses };
    });

    const section = element("section", "b");
    section.id = "b" + number;
    section.setAttribute("aria-labelledby", "h" + number + "o");
    const bar = element("nav", "bn", link("← All combinations", "#" + row.id));
    bar.setAttribute("aria-label", "Combination " + row.cells[0].textContent);
    for (const made of [neighbour(place, -1), neighbour(place, 1)]) if (made) bar.append(made);

    const head = element("h2", "", element("span", "rk", "#" + row.cells[0].textContent), " ");
    head.append(row.cells[1].firstChild.textContent);
    head.id = "h" + number + "o";
    if (row.dataset.s) head.append(" ", element("span", "in", `in ${row.dataset.s}`));
    section.append(bar, head);

    const call = row.cells[3].querySelector(".cl");
    if (call) {
      const reason = row.cells[3].querySelector("small");
      section.append(element("p", "say", call.cloneNode(true), " ", reason ? reason.textContent : ""));
    }
    section.append(facts(row));
    const flags = row.cells[row.cells.length - 1];
    if (flags.children.length) {
      const list = element("p", "", "Warnings: ");
      for (const flag of flags.children) list.append(flag.cloneNode(true), " ");
      section.append(list);
    }
    section.append(element("h3", "", "Synergy"));
    for (const one of slices) section.append(slice(one, ...axes));
    const names = axes.map((axis) => axis.name);
    section.append(
      element(
        "p", "cut", "Curves, contours, intervals of each dose pair and what is known of the drugs: ",
        element("code", "", command(row, names)), " (DIRECTORY: where these results are)",
      ),
    );
    document.getElementById("blocks").append(section);
    return section;
  }

  return { page, canOpen: (number) => rows.has(number) && canOpen(rows.get(number).row) };
})();
