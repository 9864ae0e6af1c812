"use strict";
const nodes = JSON.parse(document.getElementById("nodes").textContent);
const $ = (id) => document.getElementById(id);
let at = 0;

// element makes one with a text.
function element(tag, text, name) {
  const e = document.createElement(tag);
  e.textContent = text;
  if (name) e.className = name;
  return e;
}

// row shows a goroutine: a button if it can go on.
function row(r) {
  const item = document.createElement("li");
  const b = document.createElement(r.moves ? "button" : "div");
  b.append(element("b", r.key + " " + r.name), " ", element("span", r.what), " ", element("small", r.where));
  if (!r.moves) {
    b.className = "waits";
    item.append(b);
    return item;
  }
  b.type = "button";
  b.disabled = r.next < 0;
  if (b.disabled) b.title = "not in this page";
  b.addEventListener("click", () => go(r.next));
  item.append(b);
  return item;
}

// marks writes beside the source who is where, and shows the line of who would go on by
// itself.
function marks(rows, usual) {
  for (const line of document.querySelectorAll(".line.here")) {
    line.classList.remove("here");
    line.querySelector(".who").textContent = "";
  }
  for (const [i, r] of rows.entries()) {
    const file = [...document.querySelectorAll("pre")].find((p) => p.dataset.file === r.file);
    const line = file && file.querySelector('[data-line="' + r.line + '"]');
    if (!line) continue;
    line.classList.add("here");
    if (i === usual) file.scrollTo({ top: line.offsetTop - file.clientHeight / 2 });
    const who = line.querySelector(".who");
    if (!who.textContent.split(" ").includes(r.name)) who.textContent = (who.textContent + " " + r.name).trim();
  }
}

// show shows the position that the game is at, and what was told on the way to it.
function show(told) {
  const n = nodes[at];
  $("count").textContent = n.count;
  $("trail").textContent = n.trail;
  $("rows").replaceChildren(...n.rows.map(row));
  $("below").replaceChildren(...n.below.map((text) => element("li", text)));
  $("end").className = n.failed ? "" : "right";
  $("end").replaceChildren(...n.end.map((text, i) => element(i ? "p" : "h2", text)));
  $("told").textContent = told;
  $("back").disabled = n.parent < 0;
  $("again").disabled = at === 0;
  $("hint").disabled = !hint();
  marks(n.rows, n.usual);
}

// usual is the button of who would go on by itself or, where there is none, another one.
function usual() {
  const moves = [...$("rows").querySelectorAll("button:not(:disabled)")];
  return moves.find((b) => b.parentNode === $("rows").children[nodes[at].usual]) || moves[0] || $("back");
}

function go(to, told = "") {
  at = to;
  show(told);
  usual().focus();
}

// hint is the next node on the way of the schedule that fails, after the last one that was
// on it, and what leads there; nothing if there is none.
function hint() {
  if (nodes[at].failed) return null;
  for (let n = at, back = 0, last = -1; n >= 0; last = n, n = nodes[n].parent, back++) {
    const { hint, says } = nodes[n];
    if (hint < 0) continue;
    if (hint === last) return null;
    return { to: hint, told: "Hint: " + (back ? "take back " + back + (back > 1 ? " moves" : " move") + "; from there, " : "") + says };
  }
  return null;
}

$("back").addEventListener("click", () => go(nodes[at].parent));
$("again").addEventListener("click", () => go(0));
$("hint").addEventListener("click", () => {
  const h = hint();
  go(h.to, h.told);
});
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const of = { b: $("back"), n: $("again"), h: $("hint") }[e.key];
  const move = nodes[at].rows.find((r) => r.moves && r.key === e.key);
  if (of && !of.disabled) of.click();
  else if (move && move.next >= 0) go(move.next);
  else return;
  e.preventDefault();
});
document.querySelector("main").hidden = false;
show("");
usual().focus({ preventScroll: true }); // what the game is about stays to be read
