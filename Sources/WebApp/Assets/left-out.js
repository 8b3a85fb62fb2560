// Leaves wells out of a combination and puts them back: a chosen box opens a dialog, the answer holds the scores on
// both sides and the list of wells.
import { call } from "./api.js";
import { make } from "./build.js";
import { count, interval, moment, number, pValue, points, synergyClass } from "./format.js";
import { mark, placeOf } from "./marks.js";
import { notice } from "./notice.js";
import { WellDialog } from "./well-dialog.js";

/** @param {HTMLElement} panel */
export function start(panel) {
  const part = (name) => panel.querySelector(`[data-part="${name}"]`);
  const maps = [...document.querySelectorAll(".maps[data-wells]")];
  const dialog = document.getElementById("well-dialog");
  let out = listed(panel);
  for (const one of maps) mark(one, out);

  function show(answer) {
    out = answer.left_out.filter((well) => !well.undone_at).map(({ doses, response }) => ({ doses, response }));
    for (const one of maps) mark(one, out);
    part("count").textContent = out.length ? count(out.length, "well") : "none";
    part("message").textContent = answer.message ?? "";
    showScores(panel, answer, !answer.is_as_run);
    part("wells").replaceChildren(...answer.left_out.map((well) => item(well, panel)));
  }

  async function change(method, path, body) {
    panel.setAttribute("aria-busy", "true");
    try {
      show(await call(method, panel.dataset.api + path, body));
    } finally {
      panel.removeAttribute("aria-busy");
    }
  }

  panel.addEventListener("click", async (event) => {
    const button = event.target.closest('[data-part="undo"]');
    if (!button) return;
    button.disabled = true;
    try {
      await change("DELETE", `/left-out/${encodeURIComponent(button.closest("li").dataset.id)}`);
      notice("The well is back.");
    } catch (error) {
      button.disabled = false;
      notice(error.message, "fault");
    }
  });
  if (!dialog) return;
  const asking = new WellDialog(dialog, (well) => change("POST", "/left-out", well));
  document.addEventListener("cell-chosen", ({ detail }) => {
    const wells = JSON.parse(detail.maps.dataset.wells);
    const doses = [wells.rows[detail.row], wells.columns[detail.column], ...wells.fixed];
    const place = placeOf(wells, doses);
    const gone = out.filter((well) => placeOf(wells, well.doses) === place).map((well) => well.response);
    asking.ask({ doses, responses: wells.wells[place], gone });
  });
}

/** The wells that the server's list says are out. */
function listed(panel) {
  return [...panel.querySelectorAll('li[data-out="true"]')].map((row) => ({
    doses: row.dataset.doses.split(",").map(Number),
    response: row.dataset.response === "" ? null : Number(row.dataset.response),
  }));
}

function showScores(panel, answer, isChanged) {
  const unchanged = () => make("span", { class: "k" }, "unchanged");
  const cell = (model, side) => panel.querySelector(`tr[data-model="${CSS.escape(model)}"] [data-part="${side}"]`);
  const fill = (place, value) => place?.replaceChildren(
    make("span", { class: `chip ${synergyClass(value.mean)}` }, points(value.mean)), " ",
    make("small", {}, interval(value.low, value.high), make("br"), `p ${pValue(value.p)}`));
  for (const score of answer.scores ?? []) {
    fill(cell(score.model, "before"), score.before);
    if (isChanged && score.after) fill(cell(score.model, "after"), score.after);
    else cell(score.model, "after")?.replaceChildren(unchanged());
  }
  const consensus = cell("consensus", "after");
  consensus.replaceChildren(isChanged ? points(answer.consensus?.after) : unchanged());
}

/** A well of the list, as the template writes it. */
function item(well, panel) {
  const units = JSON.parse(panel.dataset.axes);
  const doses = well.doses.map((dose, place) => `${units[place].drug} ${number(dose)} ${units[place].unit}`.trim());
  const who = [well.by, moment(well.at)].filter(Boolean).join(", ");
  const undone = well.undone_at
    ? ` · put back${well.undone_by ? ` by ${well.undone_by}` : ""}, ${moment(well.undone_at)}` : "";
  const canUndo = !well.undone_at && panel.dataset.canEdit === "true";
  return make("li", {
    class: well.undone_at ? "undone" : "", "data-id": well.id, "data-out": String(!well.undone_at),
  },
  make("span", {}, make("b", {}, doses.join(" × ")), well.response === null ? ", all wells" : `, ${number(well.response)} %`),
  make("q", {}, well.reason), make("span", { class: "k" }, who + undone),
  canUndo ? make("button", { type: "button", "data-part": "undo" }, "Undo") : null);
}
