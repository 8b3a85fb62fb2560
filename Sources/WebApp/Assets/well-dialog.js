// Asks which well of a dose pair to leave out, and why.
import { make } from "./build.js";
import { number } from "./format.js";

export class WellDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {(well: {doses: number[], response: number | null, reason: string}) => Promise<void>} leave
   */
  constructor(dialog, leave) {
    this.dialog = dialog;
    this.leave = leave;
    this.form = dialog.querySelector("form");
    this.problem = dialog.querySelector(".problem");
    this.form.onsubmit = (event) => this.#submit(event);
  }

  /**
   * Opens the dialog for a dose pair.
   * @param {{doses: number[], responses: number[], gone: (number | null)[]}} cell `gone`: responses of wells that are
   *   out already, null for all.
   */
  ask({ doses, responses, gone }) {
    this.doses = doses;
    const axes = JSON.parse(document.getElementById("left-out").dataset.axes);
    this.dialog.querySelector('[data-part="doses"]').textContent =
      doses.map((dose, place) => `${axes[place].drug} ${number(dose)} ${axes[place].unit}`.trim()).join(" × ");
    this.#choices(responses, gone);
    this.problem.textContent = "";
    this.form.elements.reason.value = "";
    this.dialog.showModal();
    if (this.form.querySelector("input[type=radio]:checked")) this.form.elements.reason.focus();
  }

  #choices(responses, gone) {
    const isGone = (response) => gone.includes(null) || gone.some((one) => one === response);
    const left = responses.filter((response) => !isGone(response));
    const choice = (value, words, isOut) => make("label", { class: "check" }, make("input", {
      type: "radio", name: "well", value, disabled: isOut, required: true,
    }), ` ${words}`);
    const choices = responses.map((response, place) =>
      choice(String(place), `${number(response)} % inhibition${isGone(response) ? ", excluded already" : ""}`, isGone(response)));
    if (responses.length > 1 && left.length > 1) choices.push(choice("all", responses.length === 2 ? "both wells" : `all ${responses.length} wells`, false));
    if (!responses.length) choices.push(make("p", {}, "No well was measured here."));
    const place = this.dialog.querySelector('[data-part="wells"]');
    place.replaceChildren(place.querySelector("legend"), ...choices);
    this.responses = responses;
    this.form.querySelector("button.primary").disabled = left.length === 0;
    const first = place.querySelector("input:not(:disabled)");
    if (first && left.length === 1) first.checked = true;
  }

  async #submit(event) {
    if (event.submitter?.value !== "leave") return;
    event.preventDefault();
    const chosen = this.form.elements.well.value;
    const response = chosen === "all" ? null : this.responses[Number(chosen)];
    const button = this.form.querySelector("button.primary");
    button.disabled = true;
    try {
      await this.leave({ doses: this.doses, response, reason: this.form.elements.reason.value.trim() });
      this.dialog.close();
    } catch (error) {
      this.problem.textContent = error.message;
    }
    button.disabled = false;
  }
}
