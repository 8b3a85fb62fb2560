// Leads back to the ranked table as it was left: filtered, ordered, at the row.

/** @param {HTMLAnchorElement} link */
export function start(link) {
  const url = new URL(link.href);
  url.search = sessionStorage.getItem(`ranking:${url.pathname}`) ?? "";
  link.href = url.href;
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, canvas, svg, dialog, iframe, [role=radiogroup]")) return;
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (rel) document.querySelector(`.bn a[rel="${rel}"]`)?.click();
  });
}
