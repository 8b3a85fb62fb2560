// Corrects how a file is read: role, response, sample, units, names of plates.
import { call } from "./api.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const problem = form.querySelector(".problem");
  const button = form.querySelector("button.primary");
  form.onsubmit = (event) => {
    event.preventDefault();
    save(form.dataset.version);
  };

  /** Saves what the form states for the version of the file that its reader has seen. */
  async function save(version) {
    button.disabled = true;
    problem.textContent = "";
    try {
      await call(
        "PATCH", form.dataset.api, { role: form.elements.role.value || "auto", corrections: corrections(form) },
        { "If-Match": version });
      location.reload();
    } catch (error) {
      button.disabled = false;
      problem.textContent = error.message;
      if (error.status === 412) problem.append(...choices(error.answer.current.etag));
    }
  }

  /** What can be done when somebody else was faster: the message says both versions. */
  function choices(version) {
    return [
      ["Keep what is there", () => location.reload()], ["Replace it with mine", () => save(version)],
    ].map(([words, act]) => {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.textContent = words;
      choice.onclick = act;
      return choice;
    });
  }
}

/** The corrections that the form states: one of the whole file, one a drug. */
function corrections(form) {
  const nothing = { drug: null, response: null, unit: null, sample: null, plate: null, columns: null, name: null };
  const whole = { ...nothing };
  whole.response = form.elements.response?.value || null;
  whole.sample = form.elements.sample?.value.trim() || null;
  const plates = [...form.querySelectorAll("[data-barcode]")].filter((input) => input.value.trim());
  if (plates.length) whole.plate = plates.map(({ dataset, value }) => (dataset.barcode ? `${dataset.barcode}=` : "") + value.trim()).join(";");
  const columns = [...form.querySelectorAll("[data-column]")].filter((select) => select.value);
  if (columns.length) whole.columns = columns.map((select) => `${select.value}=${select.dataset.column}`).join(",");
  const drugs = new Map();
  const ofDrug = (drug) => drugs.get(drug) ?? drugs.set(drug, { ...nothing, drug }).get(drug);
  for (const input of form.querySelectorAll("[data-drug]")) {
    if (input.value.trim()) ofDrug(input.dataset.drug).unit = input.value.trim();
  }
  for (const input of form.querySelectorAll("[data-named]")) {
    if (input.value.trim()) ofDrug(input.dataset.named).name = input.value.trim();
  }
  return (whole.response || whole.sample || whole.plate || whole.columns ? [whole] : []).concat([...drugs.values()]);
}
