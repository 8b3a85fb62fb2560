// A model's synergy as a surface that can be turned: squares between neighbouring dose pairs, farthest first, in the
// colours of the report's scale, over a plane at 0. Dragging or the arrow keys turn it; pointing at a dose pair tells
// its value.

/** Draws the surface into a box whose `data-s` has the doses, the titles and each model's synergy (BlockMaps). */
function surface(box) {
  if (box.firstChild) return;
  const data = JSON.parse(box.dataset.s);
  const names = Object.keys(data.m);
  const [width, height] = [720, 470];
  const sharpness = Math.min(2, devicePixelRatio || 1);
  const hint = "Drag or use the arrow keys to turn; point at a dose pair for its value.";
  let name = names[0];
  let turn = -0.65; // about the vertical axis, radians
  let tilt = 0.5; // towards the eye
  let told = null; // the value that is pointed at
  let points = [];

  const bar = document.createElement("div");
  bar.className = "bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Model");
  const canvas = document.createElement("canvas");
  canvas.width = width * sharpness;
  canvas.height = height * sharpness;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  const say = document.createElement("p");
  say.className = "k";
  say.setAttribute("aria-live", "polite");
  const probe = document.createElement("i"); // tells the colours of classes
  probe.hidden = true;
  const pen = canvas.getContext("2d");
  for (const model of names) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "b2";
    button.textContent = model;
    button.onclick = () => {
      name = model;
      told = null;
      draw();
    };
    bar.append(button);
  }
  box.append(bar, canvas, say, probe);

  const variable = (element, property) => getComputedStyle(element).getPropertyValue(property).trim();
  const level = (value) => Math.round(Math.max(-1, Math.min(1, value / 50)) * 10) + 10;
  function colour(step) {
    probe.className = "s" + step;
    return variable(probe, "--c");
  }

  function trace(corners) {
    pen.beginPath();
    corners.forEach((corner, place) => (place ? pen.lineTo(corner.x, corner.y) : pen.moveTo(corner.x, corner.y)));
    pen.closePath();
  }

  function draw() {
    const heights = data.m[name];
    const [rows, columns] = [heights.length, heights[0].length];
    const all = heights.flat().filter((value) => value !== null);
    const top = Math.max(25, ...all.map(Math.abs));
    const isDeep = Math.min(...all) < -top / 5; // synergy and antagonism: the plane lies in the middle
    const middle = isDeep ? 10 : 85;
    for (const button of bar.children) button.setAttribute("aria-pressed", button.textContent == name);
    canvas.setAttribute(
      "aria-label",
      `${name} synergy as a surface over both doses, ${Math.min(...all)} to ${Math.max(...all)} percentage points`,
    );
    say.textContent = told || hint;
    const [muted, ink, line] = [variable(box, "--mut"), variable(box, "--fg"), variable(box, "--line")];
    pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "12px system-ui,sans-serif";
    pen.lineJoin = "round";

    // Where a point of the cube −1 … 1 lies on the canvas, and how far it is from the eye.
    function place(x, y, z) {
      const across = x * Math.cos(turn) - y * Math.sin(turn);
      const away = x * Math.sin(turn) + y * Math.cos(turn);
      return {
        x: width / 2 + across * 205,
        y: height / 2 + middle - (z * Math.cos(tilt) * (isDeep ? 130 : 165) + away * Math.sin(tilt) * 205),
        depth: away * Math.cos(tilt) - z * Math.sin(tilt),
      };
    }
    const xOf = (column) => (2 * column) / (columns - 1) - 1;
    const yOf = (row) => (2 * row) / (rows - 1) - 1;

    // The plane of no interaction.
    pen.strokeStyle = line;
    pen.lineWidth = 1;
    for (let row = 0; row < rows; row++) {
      trace([place(-1, yOf(row), 0), place(1, yOf(row), 0)]);
      pen.stroke();
    }
    for (let column = 0; column < columns; column++) {
      trace([place(xOf(column), -1, 0), place(xOf(column), 1, 0)]);
      pen.stroke();
    }
    pen.strokeStyle = muted;
    trace([place(-1, -1, 0), place(1, -1, 0), place(1, 1, 0), place(-1, 1, 0)]);
    pen.stroke();

    // The scale stands at the farthest corner.
    const nearY = place(0, -1, 0).depth < place(0, 1, 0).depth ? -1 : 1;
    const nearX = place(-1, 0, 0).depth < place(1, 0, 0).depth ? -1 : 1;
    const corner = place(-nearX, -nearY, 0);
    trace([place(-nearX, -nearY, isDeep ? -1 : 0), place(-nearX, -nearY, 1)]);
    pen.stroke();
    pen.fillStyle = muted;
    pen.textAlign = corner.x < width / 2 ? "right" : "left";
    for (const share of isDeep ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1]) {
      const at = place(-nearX, -nearY, share);
      const text = (share > 0 ? "+" : "") + String(Math.round(share * top)).replace("-", "−");
      pen.fillText(text, at.x + (corner.x < width / 2 ? -6 : 6), at.y + 4);
    }

    // The squares, farthest first.
    points = [];
    const squares = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = heights[row][column];
        if (value === null) continue;
        points.push({ ...place(xOf(column), yOf(row), value / top), row, column, value });
        if (!row || !column) continue;
        const around = [[row - 1, column - 1], [row - 1, column], [row, column], [row, column - 1]];
        const values = around.map(([i, j]) => heights[i][j]);
        if (values.includes(null)) continue;
        const corners = around.map(([i, j], number) => place(xOf(j), yOf(i), values[number] / top));
        squares.push({
          corners,
          depth: corners.reduce((sum, one) => sum + one.depth, 0),
          step: level(values.reduce((sum, one) => sum + one, 0) / 4),
        });
      }
    }
    squares.sort((one, other) => other.depth - one.depth);
    pen.lineWidth = 1;
    for (const square of squares) {
      trace(square.corners);
      pen.globalAlpha = 0.93;
      pen.fillStyle = colour(square.step);
      pen.fill();
      pen.globalAlpha = 1;
      pen.strokeStyle = muted;
      pen.stroke();
    }

    // Doses stand at the edges of the plane that are nearer to the eye.
    pen.fillStyle = muted;
    function label(text, edge, outside) {
      const x = edge.x + (outside.x - edge.x) * 1.2;
      pen.textAlign = x < width / 2 ? "right" : "left";
      pen.fillText(text, x, edge.y + (outside.y - edge.y) * 1.2 + 4);
    }
    data.x.forEach((dose, column) => label(dose, place(xOf(column), nearY, 0), place(xOf(column), nearY * 1.1, 0)));
    data.y.forEach((dose, row) => label(dose, place(nearX, yOf(row), 0), place(nearX * 1.1, yOf(row), 0)));
    pen.fillStyle = ink;
    pen.textAlign = "center";
    for (const [title, at] of [[data.xt, place(0, nearY * 1.42, 0)], [data.yt, place(nearX * 1.42, 0, 0)]]) {
      pen.fillText(title, Math.max(90, Math.min(width - 90, at.x)), Math.min(height - 8, at.y + 8));
    }
    pen.textAlign = "left";
    pen.fillText(name + " synergy, percentage points", 10, 18);
  }

  function tiltTo(value) {
    tilt = Math.max(0.05, Math.min(1.5, value));
  }

  let drag = null;
  canvas.onpointerdown = (event) => {
    drag = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointerup = () => (drag = null);
  canvas.onpointermove = (event) => {
    if (drag) {
      turn += (event.clientX - drag[0]) / 150;
      tiltTo(tilt + (event.clientY - drag[1]) / 150);
      drag = [event.clientX, event.clientY];
      draw();
      return;
    }
    const frame = canvas.getBoundingClientRect();
    const x = ((event.clientX - frame.left) * width) / frame.width;
    const y = ((event.clientY - frame.top) * height) / frame.height;
    let nearest = null;
    for (const point of points) {
      const isHit = Math.hypot(point.x - x, point.y - y) < 16;
      if (isHit && (!nearest || point.depth < nearest.depth)) nearest = point;
    }
    const text = nearest
      ? `${data.yt} ${data.y[nearest.row]} × ${data.xt} ${data.x[nearest.column]}: ` +
        `${nearest.value > 0 ? "+" : ""}${nearest.value} pp (${name})`
      : null;
    if (text == told) return;
    told = text;
    say.textContent = text || hint;
  };
  canvas.onkeydown = (event) => {
    const steps = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    turn += step[0];
    tiltTo(tilt + step[1]);
    draw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
}
