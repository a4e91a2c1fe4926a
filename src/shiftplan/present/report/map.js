// The map and the table of coverage: figures of a center, and the way to its roster.
"use strict";
(() => {
  const told = document.getElementById("told");
  const choose = (place) => document.dispatchEvent(new CustomEvent("center", { detail: place }));
  for (const link of document.querySelectorAll("a[data-center]")) {
    link.addEventListener("click", () => choose(link.dataset.center));
  }

  // Marks are small for fingers: the nearest one within reach is meant.
  const REACH = 24;
  const middle = (mark) => {
    const box = mark.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const nearest = (map, event) => {
    let found = null;
    let least = REACH;
    for (const mark of map.querySelectorAll(".marks circle")) {
      const [x, y] = middle(mark);
      const away = Math.hypot(x - event.clientX, y - event.clientY);
      if (away <= least) [found, least] = [mark, away];
    }
    return found;
  };
  // The figures of a center, beside its mark.
  const show = (mark) => {
    for (const old of document.querySelectorAll(".marks .chosen")) old.classList.remove("chosen");
    mark.classList.add("chosen");
    told.querySelector("bdi").textContent = mark.firstElementChild.textContent;
    told.querySelector("a").dataset.center = mark.dataset.center;
    const [x, y] = middle(mark);
    const around = told.parentElement.getBoundingClientRect();
    told.hidden = false;
    told.style.top = `${y - around.y + 14}px`;
    told.style.left = `${Math.max(0, Math.min(x - around.x - told.offsetWidth / 2, around.width - told.offsetWidth))}px`;
  };
  const hide = () => {
    told.hidden = true;
    for (const old of document.querySelectorAll(".marks .chosen")) old.classList.remove("chosen");
  };
  for (const map of document.querySelectorAll(".map")) {
    map.addEventListener("click", (event) => {
      const mark = nearest(map, event);
      if (mark) show(mark);
      else hide();
    });
    map.addEventListener("pointermove", (event) => {
      const mark = event.pointerType === "mouse" ? nearest(map, event) : null;
      if (mark && !mark.classList.contains("chosen")) show(mark);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (told && event.key === "Escape") hide();
  });

  const onlyEmpty = document.getElementById("only-empty");
  const hideFull = () => {
    for (const row of document.querySelectorAll(".heat tbody tr")) {
      row.hidden = onlyEmpty.checked && row.dataset.empty === "0";
    }
  };
  if (onlyEmpty) {
    onlyEmpty.checked = document.querySelector('.heat tr:not([data-empty="0"]) td') !== null;
    onlyEmpty.addEventListener("input", hideFull);
    hideFull();
  }
})();
