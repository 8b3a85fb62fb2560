// Signs in without leaving the page until it works.
import { call } from "./api.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const problem = form.querySelector(".problem");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    problem.textContent = "";
    try {
      await call("POST", "/api/v1/session", { name: form.elements.name.value, password: form.elements.password.value });
      location.assign(form.dataset.next);
    } catch (error) {
      button.disabled = false;
      problem.textContent = error.status === 401 ? "Name or password is wrong." : error.message;
      form.elements.password.select();
    }
  };
}
