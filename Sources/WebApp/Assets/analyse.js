// Starts a run with the options of the form and goes to its page.
import { call } from "./api.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const problem = form.querySelector(".problem");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const models = data.getAll("models");
    if (!models.length) {
      form.querySelector("details").open = true;
      problem.textContent = "Choose at least one reference model.";
      return;
    }
    const callModels = data.getAll("call_models").filter((model) => models.includes(model));
    if (!callModels.length) {
      form.querySelector("details").open = true;
      problem.textContent = "Choose at least one of the reference models for the calls.";
      return;
    }
    const options = {
      models, call_models: callModels, response: data.get("response"), baseline: data.get("baseline"), anchor: data.get("anchor"),
      zip_baseline: data.get("zip_baseline"),
    };
    for (const name of ["threshold", "resamples", "seed", "confidence", "fdr"]) options[name] = Number(data.get(name));
    for (const name of ["normalise", "positive_is", "correct_positions", "decimal", "replicates"]) if (data.has(name)) options[name] = data.get(name);
    for (const name of ["sheet", "channel"]) if (data.get(name)?.trim()) options[name] = data.get(name).trim();
    for (const name of ["time", "dose_tolerance", "repeat", "well_volume", "solvent_limit"]) if (data.get(name)) options[name] = Number(data.get(name));
    for (const name of ["keep_names", "mask_outliers"]) if (data.has(name)) options[name] = true;
    if (form.elements.leave_out) options.leave_out = form.elements.leave_out.checked;
    const button = form.querySelector("button.primary");
    button.disabled = true;
    problem.textContent = "";
    try {
      const run = await call("POST", `${form.dataset.api}/runs`, options);
      location.assign(`${form.dataset.api.replace("/api/v1", "")}/runs/${run.number}`);
    } catch (error) {
      button.disabled = false;
      problem.textContent = error.message;
    }
  };
  // A field that is not right must be seen to be mended.
  form.addEventListener("invalid", () => { form.querySelector("details").open = true; }, true);
}
