{
  const all = document.getElementById("all");
  const details = Array.from(document.querySelectorAll("details"));
  all.hidden = false;
  all.addEventListener("click", () => {
    const open = !details.every((d) => d.open);
    for (const d of details) d.open = open;
    all.textContent = open ? "Close all" : "Open all";
  });
  // Paper cannot be clicked.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = details.filter((d) => !d.open);
    for (const d of closed) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of closed) d.open = false;
  });
}
