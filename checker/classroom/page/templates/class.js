{
  const byId = (id) => document.getElementById(id);
  const table = byId("grades"), body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  let rows = Array.from(body.rows);

  // What rows are sorted and filtered by, looked up once.
  const ranks = { missing: -3, untouched: -2, unclear: -1 };
  const collator = new Intl.Collator("en", { numeric: true });
  const facts = new Map(rows.map((row) => {
    const [who, sum, ...cells] = row.cells;
    const classes = cells.map((c) => c.className.split(" "));
    return [row, {
      name: who.textContent,
      lower: who.textContent.toLowerCase(),
      sum: Number(sum.dataset.sum),
      classes,
      points: cells.map((c, i) => ranks[classes[i][0]] ?? (c.textContent === "" ? -4 : Number(c.textContent.replace("✓", "")))),
    }];
  }));

  // Sorting: by the button of a column, and again for the other way round. Points begin
  // with the fewest, which is what one looks for.
  const compare = (column) => (a, b) => {
    const [x, y] = [facts.get(a), facts.get(b)];
    const byName = collator.compare(x.name, y.name);
    if (column === 0) return byName;
    if (column === 1) return x.sum - y.sum || byName;
    return x.points[column - 2] - y.points[column - 2] || byName;
  };
  const sortBy = (column) => {
    const down = heads[column].getAttribute("aria-sort") === "ascending";
    for (const h of heads) h.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort(compare(column));
    if (down) rows.reverse();
    body.append(...rows);
  };
  heads.forEach((head, column) => {
    const button = head.firstElementChild;
    button.disabled = false;
    button.addEventListener("click", () => sortBy(column));
  });

  // Filtering: by a part of the name, and by an outcome in one exercise or in any.
  const form = byId("filters"), name = byId("by-name"), outcome = byId("by-outcome"), exercise = byId("by-exercise");
  const matches = (row) => {
    const f = facts.get(row);
    if (!f.lower.includes(name.value.trim().toLowerCase())) return false;
    if (outcome.value === "") return true;
    const classes = exercise.value === "" ? f.classes : [f.classes[exercise.value]];
    return classes.some((c) => c.includes(outcome.value));
  };
  const filter = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row);
      if (!row.hidden) shown++;
    }
    byId("shown").textContent = `${shown} of ${rows.length} students`;
    rove();
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  // The table is one stop for the Tab key, and the arrow keys go from mark to mark.
  const mark = (cell) => cell.firstElementChild ?? cell;
  let stop = null;
  const rove = (to) => {
    if (!to && stop && !stop.closest("tr").hidden) return;
    to = to ?? rows.find((r) => !r.hidden)?.cells[2];
    if (stop) stop.tabIndex = -1;
    stop = to ? mark(to) : null;
    if (stop) stop.tabIndex = 0;
  };
  table.setAttribute("role", "grid");
  for (const link of body.querySelectorAll("a")) link.tabIndex = -1;
  byId("map").removeAttribute("tabindex"); // one gets into it by its marks now
  body.addEventListener("keydown", (e) => {
    const cell = e.target.closest("td");
    if (!cell || e.ctrlKey || e.altKey || e.metaKey) return;
    const visible = rows.filter((r) => !r.hidden);
    const last = heads.length - 1;
    let y = visible.indexOf(cell.parentElement), x = cell.cellIndex;
    switch (e.key) {
      case "ArrowLeft": x--; break;
      case "ArrowRight": x++; break;
      case "ArrowUp": y--; break;
      case "ArrowDown": y++; break;
      case "PageUp": y -= 10; break;
      case "PageDown": y += 10; break;
      case "Home": x = 2; break;
      case "End": x = last; break;
      default: return;
    }
    e.preventDefault();
    const limit = (n, most) => Math.max(0, Math.min(n, most));
    const to = visible[limit(y, visible.length - 1)].cells[Math.max(2, limit(x, last))];
    rove(to);
    stop.focus();
  });
  body.addEventListener("focusin", (e) => {
    const cell = e.target.closest("td");
    if (cell) rove(cell);
  });

  // What there is to say is text until somebody asks for it: thousands of tables would
  // make the page slow.
  const part = (id) => {
    const t = document.createElement("template");
    t.innerHTML = byId(id).textContent;
    return t.content;
  };
  const dialog = byId("record");
  const show = (anchor) => {
    const [, row] = /^r(\d+)-\d+$/.exec(anchor);
    const student = part("s" + row), entry = student.getElementById(anchor);
    const verdict = entry.querySelector("a.verdict");
    byId("record-title").replaceChildren(...student.querySelector("h3").childNodes);
    byId("record-body").replaceChildren(entry);
    if (verdict) {
      entry.append(part(verdict.hash.slice(1)));
      verdict.remove();
    }
    dialog.showModal();
    stepThrough(dialog);
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (e) => {
    const link = e.target.closest('a[href^="#r"]');
    if (!link) return;
    e.preventDefault();
    show(link.hash.slice(1));
  });
  document.querySelector(".keys").hidden = false;
  filter();
  if (/^#r\d+-\d+$/.test(location.hash) && document.querySelector(`a[href="${location.hash}"]`)) show(location.hash.slice(1));
}
