// Corrects how a file is read: role, response, sample, units, names of plates.
import { call } from "./api.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const problem = form.querySelector(".problem");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.primary");
    button.disabled = true;
    problem.textContent = "";
    try {
      await call("PATCH", form.dataset.api, { role: form.elements.role.value || "auto", corrections: corrections(form) });
      location.reload();
    } catch (error) {
      button.disabled = false;
      problem.textContent = error.message;
    }
  };
}

/** The corrections that the form states: one of the whole file, one a drug. */
function corrections(form) {
  const nothing = { drug: null, response: null, unit: null, sample: null, plate: null };
  const whole = { ...nothing };
  whole.response = form.elements.response?.value || null;
  whole.sample = form.elements.sample?.value.trim() || null;
  const plates = [...form.querySelectorAll("[data-barcode]")].filter((input) => input.value.trim());
  if (plates.length) whole.plate = plates.map((input) => `${input.dataset.barcode}=${input.value.trim()}`).join(";");
  const units = [...form.querySelectorAll("[data-drug]")].filter((input) => input.value.trim())
    .map((input) => ({ ...nothing, drug: input.dataset.drug, unit: input.value.trim() }));
  return (whole.response || whole.sample || whole.plate ? [whole] : []).concat(units);
}
