// Draws a combination's synergy as a surface with plotly, in a sandboxed frame, and tells the page whether it could.
"use strict";

(() => {
  const plot = document.getElementById("plot");
  const bar = document.getElementById("bar");
  const message = document.getElementById("message");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = (drawn) => parent.postMessage({ drawn }, "*");

  // The stops of the report's palette of synergy: blue below 0, orange above.
  const stops = {
    light: ["#0a4a90", "#6aaed6", "#f5f5f5", "#f4a259", "#9c2f00"],
    dark: ["#8accff", "#2a6fa8", "#2c2c2c", "#a95a14", "#ffb469"],
  };

  function ended(text) {
    message.textContent = text;
    tell(false);
  }

  if (!window.Plotly) {
    ended("plotly.js is not on this server.");
    return;
  }
  const data = JSON.parse(plot.dataset.surface);
  let model = data.models[0];
  for (const one of data.models) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = one.name;
    button.onclick = () => {
      model = one;
      show();
    };
    bar.append(button);
  }

  function axis(title, doses, ink, line) {
    return {
      title: { text: title }, tickvals: doses.map((_, place) => place), ticktext: doses, color: ink, gridcolor: line,
      zerolinecolor: line, showbackground: false,
    };
  }

  async function show() {
    for (const button of bar.children) button.setAttribute("aria-pressed", String(button.textContent === model.name));
    const colours = dark.matches ? stops.dark : stops.light;
    const [ink, line] = dark.matches ? ["#e6e9ec", "#343b43"] : ["#1b1f24", "#d5dae0"];
    const values = model.z.flat().filter((value) => value !== null);
    const top = Math.max(25, ...values.map(Math.abs));
    const text = model.z.map((row, i) => row.map((value, j) =>
      `${data.yTitle}: ${data.y[i]}<br>${data.xTitle}: ${data.x[j]}<br><b>${value > 0 ? "+" : ""}${value}</b> points`
        .replace("-", "−")));
    plot.setAttribute("aria-label", `${model.name} synergy as a surface, ${Math.min(...values)} to ${Math.max(...values)} points`);
    await window.Plotly.react(plot, [{
      type: "surface", z: model.z, cmin: -50, cmax: 50, text, hoverinfo: "text",
      colorscale: colours.map((colour, place) => [place / (colours.length - 1), colour]),
      colorbar: { title: { text: "points" }, len: 0.7, thickness: 12, tickcolor: ink, tickfont: { color: ink }, outlinewidth: 0 },
      contours: { x: { show: true, color: line }, y: { show: true, color: line } },
    }], {
      margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: "rgba(0,0,0,0)", font: { color: ink, family: "system-ui, sans-serif" },
      scene: {
        xaxis: axis(data.xTitle, data.x, ink, line), yaxis: axis(data.yTitle, data.y, ink, line),
        zaxis: { title: { text: `${model.name} synergy, points` }, range: [Math.min(0, ...values, -top / 5), top], color: ink, gridcolor: line, showbackground: false },
        camera: { center: { x: 0, y: 0, z: -0.15 }, eye: { x: -1.2, y: -1.3, z: 0.75 } }, aspectmode: "manual", aspectratio: { x: 1, y: 1, z: 0.75 },
      },
      uirevision: "stays",
    }, { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["tableRotation", "resetCameraLastSave3d"] });
    message.hidden = true;
  }

  dark.addEventListener("change", show);
  show().then(() => tell(true), (error) => ended(`The surface could not be drawn: ${error.message}`));
})();
