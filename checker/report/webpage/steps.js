"use strict";
// Steps through the drawings of interleavings that are in root.
const stepThrough = (root) => {
  for (const picture of root.querySelectorAll(".picture")) if (!picture.dataset.ready) prepare(picture);
  for (const details of root.querySelectorAll("[data-packed]")) unpack(details);
};
// What a page has no room for is compressed HTML. What stands in its place stays if that fails.
const unpack = async (details) => {
  const bytes = Uint8Array.from(atob(details.dataset.packed), (c) => c.charCodeAt(0));
  details.removeAttribute("data-packed");
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const template = document.createElement("template");
  template.innerHTML = await new Response(inflated).text();
  details.querySelector(".packed").replaceWith(template.content);
  stepThrough(details);
};
let steered; // the picture that keys go to
const prepare = (picture) => {
  picture.dataset.ready = "yes";
  const find = (s) => picture.querySelector(s);
  const all = (s) => Array.from(picture.querySelectorAll(s));
  const every = all(".row"), names = all(".heads b").map((b) => b.textContent);
  const waits = all(".all-waits li"), known = all(".all-known li").map((li) => li.textContent);
  const fold = find(".unfold input"), slider = find("input[type=range]"), now = find(".now");
  const list = find(".rows"), graph = find(".graph");
  const ints = (text) => (text ? text.split(" ").map(Number) : []);
  let rows = [], at = -1, marked = [];
  const shows = (row) => (fold?.checked ? !row.classList.contains("fold") : !row.classList.contains("own"));
  const collect = () => {
    const current = rows[at] ?? every.find((r) => shows(r) && !r.classList.contains("fold"));
    rows = every.filter(shows);
    slider.max = rows.length - 1;
    at = -1;
    let to = Math.max(0, rows.indexOf(current));
    if (current && to === 0) { // it is folded away: its neighbour
      const i = every.indexOf(current);
      while (to < rows.length - 1 && every.indexOf(rows[to]) < i) to++;
    }
    go(to);
  };
  // What is so at a row: all that has changed until then.
  const upTo = (row) => {
    const places = new Map(), values = new Map();
    let waiting = [];
    for (const r of every) {
      if (r.dataset.m) for (const m of r.dataset.m.split(" ")) {
        const [lane, file, line] = m.split(":").map(Number);
        places.set(lane, { file, line });
      }
      for (const k of ints(r.dataset.k)) values.set(known[k].split(" = ")[0], known[k]);
      if (!r.classList.contains("fold")) waiting = ints(r.dataset.w);
      if (r === row && !r.classList.contains("fold")) break;
      if (row.classList.contains("fold") && isLastOf(row, r)) break;
    }
    return { places, values, waiting };
  };
  // A folded row stands for those that follow it.
  const isLastOf = (fold, r) => {
    if (every.indexOf(r) <= every.indexOf(fold)) return false;
    const next = every[every.indexOf(r) + 1];
    return !next || !next.classList.contains("own");
  };
  const go = (to) => {
    to = Math.max(0, Math.min(to, rows.length - 1));
    if (to === at || rows.length === 0) return;
    rows[at]?.removeAttribute("aria-current");
    every.forEach((r) => r.removeAttribute("aria-current"));
    at = to;
    const row = rows[at];
    row.setAttribute("aria-current", "step");
    slider.value = at;
    const text = (s) => row.querySelector(s)?.textContent ?? "";
    const does = [text(".what b"), row.querySelector(".what").lastChild.textContent.trim()].filter(Boolean).join(": ");
    const code = text(".at code"), why = text(".why");
    slider.setAttribute("aria-valuetext", [does, code].filter(Boolean).join(", at "));
    const is = upTo(row);
    now.replaceChildren(`${at + 1} of ${rows.length}: `, strong(does), ...(code ? [" ", Object.assign(document.createElement("code"), { textContent: code })] : []), ...(why ? [" ", Object.assign(document.createElement("i"), { textContent: `(${why})` })] : []));
    find(".waiting").replaceChildren(...(is.waiting.length ? is.waiting.map((w) => item(waits[w].textContent)) : [item("nobody")]));
    find(".known").replaceChildren(...(is.values.size ? [...is.values.values()].map(item) : [item("none yet")]));
    draw(is.waiting.map((w) => waits[w]));
    mark(is.places, Number(/ l(\d+)/.exec(row.className)?.[1] ?? -1));
    if (started) row.scrollIntoView({ block: "nearest" }); // the page stays where it is until one steps
  };
  const strong = (text) => Object.assign(document.createElement("b"), { textContent: text });
  const item = (text) => Object.assign(document.createElement("li"), { textContent: text });
  let started = false;
  // The lines of the sources on which goroutines are.
  const mark = (places, acting) => {
    for (const m of marked) {
      m.className = "";
      m.querySelector("b").remove();
    }
    marked = [];
    const letters = new Map();
    let first;
    for (const [lane, { file, line }] of places) {
      const span = find(`.file[data-f="${file}"] [data-n="${line}"]`);
      if (!span) continue;
      letters.set(span, [...(letters.get(span) ?? []), names[lane]]);
      if (lane === acting) first = span;
    }
    for (const [span, who] of letters) {
      span.className = span === first ? "acts" : "stands";
      const b = strong(" ◂ " + who.sort().join(", "));
      span.append(b);
      marked.push(span);
    }
    if (first) {
      const details = first.closest("details");
      for (const d of all(".file")) if (d !== details && d !== find(".file")) d.open = false;
      details.open = true;
    }
    for (const file of all(".file[open]")) {
      const line = (first && file.contains(first) && first) || file.querySelector(".stands");
      if (!line) continue;
      const box = file.querySelector("pre"), a = line.getBoundingClientRect(), b = box.getBoundingClientRect();
      if (a.top < b.top || a.bottom > b.bottom) box.scrollTop += a.top - b.top - b.height / 3;
    }
  };
  // Who waits for whom: goroutines are circles, what they wait for is named on the arrows.
  const svg = (name, attributes, text) => {
    const e = document.createElementNS(graph.namespaceURI, name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const draw = (list) => {
    const edges = [], nodes = [];
    const node = (n) => { if (!nodes.includes(n)) nodes.push(n); };
    for (const w of list) {
      const from = Number(w.dataset.l), to = ints(w.dataset.for);
      if (to.length === 0) continue;
      node(from);
      for (const t of to) { node(t); edges.push([from, t, w.dataset.o]); }
    }
    nodes.sort((a, b) => a - b);
    const step = 76, width = 46 + step * nodes.length, height = nodes.length ? 104 : 0, y = 62;
    graph.setAttribute("width", width);
    graph.setAttribute("height", height);
    graph.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const x = (n) => 40 + step * nodes.indexOf(n);
    const drawn = [];
    const told = new Set();
    for (const [from, to, object] of edges) {
      const a = x(from), b = x(to), up = a <= b ? -1 : 1;
      const rise = 18 + 9 * Math.abs(nodes.indexOf(from) - nodes.indexOf(to));
      drawn.push(from === to
        ? svg("path", { d: `M${a - 6} ${y - 12}C${a - 26} ${y - 52} ${a + 26} ${y - 52} ${a + 7} ${y - 15}` })
        : svg("path", { d: `M${a} ${y + 14 * up}Q${(a + b) / 2} ${y + (14 + rise) * up} ${b} ${y + 15 * up}` }));
      drawn.push(svg("path", { class: "tip", d: from === to ? `M${a + 1} ${y - 21}L${a + 7} ${y - 14}L${a + 12} ${y - 22}Z` : `M${b - 4 * Math.sign(b - a) - 4} ${y + 22 * up}L${b} ${y + 14 * up}L${b - 4 * Math.sign(b - a) + 4} ${y + 23 * up}Z` }));
      const key = from + ":" + object; // once for all who hold it
      if (!told.has(key)) drawn.push(svg("text", { x: (a + b) / 2, y: from === to ? y - 46 : y + (up < 0 ? -18 - rise / 2 : 26 + rise / 2), "text-anchor": "middle" }, object));
      told.add(key);
    }
    for (const n of nodes) drawn.push(svg("circle", { cx: x(n), cy: y, r: 13 }), svg("text", { class: "name", x: x(n), y: y + 4, "text-anchor": "middle" }, names[n]));
    graph.replaceChildren(...drawn);
  };
  const steer = () => { steered = { picture, moves }; started = true; };
  const step = (to) => { steer(); go(to); };
  const moves = { first: () => step(0), back: () => step(at - 1), on: () => step(at + 1), last: () => step(rows.length - 1) };
  for (const b of all("button[data-to]")) b.addEventListener("click", () => moves[b.dataset.to]());
  slider.addEventListener("input", () => step(Number(slider.value)));
  fold?.addEventListener("change", () => { steer(); collect(); });
  list.addEventListener("click", (e) => {
    const row = e.target.closest(".row");
    if (row) step(rows.indexOf(row));
  });
  picture.addEventListener("focusin", steer);
  find(".controls").hidden = false;
  now.hidden = false;
  find(".then").hidden = false;
  collect();
  if (!steered?.picture.isConnected) steered = { picture, moves };
};
// Right and left step wherever the focus is, but for what takes these keys itself; the others
// where the steps are.
addEventListener("keydown", (e) => {
  if (!steered?.picture.isConnected || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
  const inside = e.target.closest?.(".rows, .controls");
  if (e.target.closest?.("input, select, textarea, #map")) return;
  const to = { ArrowRight: "on", ArrowLeft: "back", ...(inside ? { ArrowDown: "on", ArrowUp: "back", Home: "first", End: "last" } : {}) }[e.key];
  if (!to || steered.picture.offsetHeight === 0) return;
  e.preventDefault();
  steered.moves[to]();
});
stepThrough(document);
