// The ranked table while one types: the server sorts, filters and cuts; this fetches the same address that the form
// and the links lead to, and puts its table in the place of this one.
import { notice } from "./notice.js";
import { swap } from "./swap.js";

/** @param {HTMLElement} section */
export function start(section) {
  const form = section.querySelector("form.filter");
  const picked = new Set([...section.querySelectorAll(".pick input:checked")].map((box) => box.value));
  form.querySelector('[data-part="go"]').hidden = true;
  let asked = new AbortController();
  let timer = 0;

  async function go(address, isNew) {
    asked.abort();
    asked = new AbortController();
    section.setAttribute("aria-busy", "true");
    try {
      const wanted = new URL(address, location.href);
      wanted.searchParams.set("part", "table");
      const page = await swap(wanted.pathname + wanted.search, ["table"], asked.signal);
      const shown = '[data-part="shown"]';
      section.querySelector(shown).textContent = page.querySelector(shown)?.textContent ?? "";
      if (isNew) history.replaceState(null, "", address);
      remember();
      for (const box of section.querySelectorAll(".pick input")) box.checked = picked.has(box.value);
      pick();
      section.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      section.removeAttribute("aria-busy");
      notice(error.message, "fault");
    }
  }

  /** The address that the form stands for, in the order that the table has. */
  function address() {
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value && name !== "sort" && name !== "order") url.searchParams.append(name, value);
    const now = new URLSearchParams(location.search);
    for (const name of ["sort", "order"]) if (now.has(name)) url.searchParams.set(name, now.get(name));
    return url.pathname + url.search;
  }

  function remember() {
    const isFiltered = ["q", "call", "status", "sample", "starred"].some((name) => new URLSearchParams(location.search).get(name));
    for (const link of form.querySelectorAll('[data-part="clear"]')) link.hidden = !isFiltered;
    sessionStorage.setItem(`ranking:${location.pathname}`, location.search);
  }

  function pick() {
    const button = section.querySelector('[data-part="beside"]');
    if (!button) return;
    button.disabled = picked.size < 2;
    button.textContent = picked.size ? `Side by side (${picked.size})` : "Side by side";
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    go(address(), true);
  };
  form.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => go(address(), true), 200);
  };
  section.addEventListener("click", (event) => {
    const link = event.target.closest('thead a, .pages a, [data-part="clear"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.part === "clear") {
      for (const field of form.elements) {
        if (field.type === "checkbox") field.checked = false;
        else if (field.name) field.value = "";
      }
    }
    go(link.getAttribute("href"), true).then(() => {
      if (link.closest(".pages")) section.scrollIntoView();
    });
  });
  section.addEventListener("change", (event) => {
    if (!event.target.matches(".pick input")) return;
    if (event.target.checked) picked.add(event.target.value);
    else picked.delete(event.target.value);
    pick();
  });
  section.querySelector("#beside").onsubmit = (event) => {
    event.preventDefault();
    location.assign(`${event.target.getAttribute("action")}?blocks=${[...picked].join(",")}`);
  };
  remember();
  pick();
}
