// Opens combinations' pages: a page is a section that shows when the address ends in its name (b12).
(() => {
  /** Buttons that switch between the views of a block's maps. */
  function switchViews(maps) {
    const views = [...maps.querySelectorAll("[data-v]")];
    if (views.length < 2) return;
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "View");
    const buttons = views.map((view) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "b2";
      button.textContent = view.dataset.v;
      button.onclick = () => show(view);
      bar.append(button);
      return button;
    });
    function show(shown) {
      views.forEach((view, place) => {
        view.hidden = view != shown;
        buttons[place].setAttribute("aria-pressed", view == shown);
      });
      if (shown.dataset.s) surface(shown);
    }
    const head = maps.querySelector("h4");
    if (head) head.after(bar);
    else maps.prepend(bar);
    show(views[0]);
  }

  function open() {
    const name = location.hash.slice(1);
    const place = /^r\d+$/.test(name) && document.getElementById(name);
    if (place && place.hidden) ranking.reveal(place);
    if (!/^b\d+$/.test(name)) return;
    let page = document.getElementById(name);
    if (!page) {
      page = combinations.page(Number(name.slice(1)));
      if (!page) return;
      location.replace("#" + name); // the page is the target only once it is gone to again
    }
    if ("on" in page.dataset) return;
    page.dataset.on = "";
    for (const maps of page.querySelectorAll(".maps")) switchViews(maps);
  }

  function toTop() {
    if (location.hash.startsWith("#b")) scrollTo({ top: 0, behavior: "instant" });
  }

  addEventListener("hashchange", () => {
    open();
    toTop();
    // The browser may scroll once more when it has laid the page out.
    requestAnimationFrame(() => {
      toTop();
      requestAnimationFrame(toTop);
    });
  });
  open();

  // A dot of a chart leads to its combination, or to its row.
  addEventListener("click", (event) => {
    const dot = event.target.closest("g[data-b]");
    if (!dot) return;
    const number = Number(dot.dataset.b) + 1;
    location.hash = (combinations.canOpen(number) ? "b" : "r") + number;
  });

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /INPUT|SELECT|CANVAS/.test(event.target.tagName)) return;
    const page = document.querySelector(".b:target");
    const links = { ArrowLeft: "a[rel=prev]", ArrowRight: "a[rel=next]", Escape: ".bn a" };
    const link = page && links[event.key] && page.querySelector(links[event.key]);
    if (link) link.click();
  });
})();
