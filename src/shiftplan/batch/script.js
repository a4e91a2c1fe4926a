// The table of province-weeks: its rows stand in the page; here they are searched and sorted.
"use strict";
(() => {
  const table = document.getElementById("weeks");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.querySelector("button"));
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const collator = new Intl.Collator("vi", { numeric: true });
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const rows = [...body.rows];
  // As in a report: phrases between commas, the words of a phrase in one cell.
  const texts = new Map(rows.map((row) => [row, [...row.cells].map((c) => plain(c.textContent))]));
  const key = (row, place) => row.cells[place].dataset.key ?? row.cells[place].textContent;

  const find = () => {
    const phrases = plain(search.value).split(",").map((part) => part.split(/\s+/u).filter(Boolean));
    const isIn = (words) => (cell) => words.every((word) => cell.includes(word));
    let shown = 0;
    for (const row of rows) {
      row.hidden = !phrases.every((words) => texts.get(row).some(isIn(words)));
      shown += !row.hidden;
    }
    const count = status.dataset.shown.replace("{}", () => number(shown)).replace("{}", () => number(rows.length));
    status.textContent = shown ? count : status.dataset.none;
  };
  const compare = (one, other) => {
    const [a, b] = [Number(one), Number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(one, other) : a - b;
  };
  for (const [place, head] of heads.entries()) {
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sign = down ? -1 : 1;
      rows.sort((one, other) => sign * compare(key(one, place), key(other, place)));
      body.append(...rows);
    });
  }
  search.addEventListener("input", find);
  find();
})();
