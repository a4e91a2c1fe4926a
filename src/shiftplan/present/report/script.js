// The rosters: search, filter, sort and page through what stands in the element "data".
// Text of people only ever becomes text nodes.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const collator = new Intl.Collator("vi", { numeric: true });
  const STEP = 50;

  const make = (tag, className, ...parts) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...parts);
    return element;
  };
  const bdi = (text) => make("bdi", "", text);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const number = (value) => value.toLocaleString(data.lang);
  const stepOf = (some, all) =>
    some >= all ? 0 : some * 10 >= all * 9 ? 1 : some * 4 >= all * 3 ? 2 : some * 2 >= all ? 3 : 4;

  const when = (place) => {
    const [day, hours] = data.sessions[place];
    return make("span", "when", `${day} `, make("span", "hours", hours));
  };
  const seat = (shift) =>
    shift.w ? make("span", `seat s${stepOf(shift.f, shift.w)}`, `${shift.f}/${shift.w}`) : "–";
  const list = (className, items) => make("ul", className, ...items.map((item) => make("li", "", item)));
  const given = (name) => (data.lang === "vi" ? name.trim().split(/\s+/u).pop() : name);
  const byName = (one, other) =>
    collator.compare(given(one), given(other)) || collator.compare(one, other);

  // A search is phrases between commas. The words of a phrase stand in one field of an entry, such
  // as a name or a day, in their order; the last one may be the beginning of a word.
  const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const holds = (field, phrase) => {
    const last = phrase.length - 1;
    let found = 0;
    for (const word of field) {
      if (found < last ? word === phrase[found] : word.startsWith(phrase[last])) found += 1;
      if (found > last) return true;
    }
    return false;
  };
  const phrasesOf = (text) => text.split(",").map(wordsOf).filter((phrase) => phrase.length);

  // A table of rows that can be searched, filtered, sorted and shown bit by bit.
  const redraws = [];
  function table(name, rows, show, keys, filters) {
    const parts = (id) => byId(`${name}-${id}`);
    const body = parts("table").tBodies[0];
    const heads = [...parts("table").tHead.rows[0].cells];
    let shown = STEP;
    let order = { key: heads[0].dataset.key, down: false };
    heads[0].setAttribute("aria-sort", "ascending");

    const wanted = () => {
      const phrases = phrasesOf(parts("search").value);
      const fits = (entry) => phrases.every((phrase) => entry.fields.some((field) => holds(field, phrase)));
      const found = rows.filter((entry) => filters(entry) && fits(entry));
      const compare = keys[order.key];
      return found.sort((one, other) => (order.down ? compare(other, one) : compare(one, other)));
    };
    const draw = (whole = false) => {
      const found = wanted();
      const part = whole ? found : found.slice(0, shown);
      body.replaceChildren(...part.map(show));
      const count = filled(data.words.shown, { shown: number(part.length), all: number(found.length) });
      parts("status").textContent = found.length ? count : data.words.nothing_found;
      const left = found.length - part.length;
      parts("more").hidden = parts("all").hidden = left === 0;
      parts("more").textContent = filled(data.words.show_more, { n: number(Math.min(STEP, left)) });
    };
    const anew = () => {
      shown = STEP;
      draw();
    };
    for (const head of heads) {
      head.firstElementChild.addEventListener("click", () => {
        order = { key: head.dataset.key, down: order.key === head.dataset.key && !order.down };
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
        anew();
      });
    }
    for (const id of ["search", "center", "day", "empty"]) {
      const input = parts(id);
      if (input) input.addEventListener("input", anew);
    }
    parts("more").addEventListener("click", () => {
      const first = body.rows.length;
      shown += STEP;
      draw();
      body.rows[first].cells[0].tabIndex = -1;
      body.rows[first].cells[0].focus();
    });
    parts("all").addEventListener("click", () => {
      shown = Infinity;
      draw();
      parts("table").parentElement.focus();
    });
    redraws.push(draw);
    draw();
    return anew;
  }

  function options(select, entries) {
    for (const [value, text] of entries) {
      const option = make("option", "", text);
      option.value = value;
      select.append(option);
    }
  }
  const centers = data.centers
    .map((text, place) => [place, text])
    .sort((one, other) => collator.compare(one[1], other[1]));
  // Narrow screens lay rows out as blocks; roles keep them a table for readers of the screen.
  const withRole = (role, element) => {
    element.setAttribute("role", role);
    return element;
  };
  const rowHead = (...content) => {
    const head = withRole("rowheader", make("th", "", ...content));
    head.scope = "row";
    return head;
  };
  const cell = (...content) => withRole("cell", make("td", "", ...content));
  const told = (label, ...content) => {
    const labelled = cell(...content);
    labelled.dataset.label = label;
    return labelled;
  };
  const row = (...cells) => withRole("row", make("tr", "", ...cells));
  const center = (place) => (place < 0 ? "" : data.centers[place]);

  // The id stands beside names that several people have.
  const namesakes = new Map();
  for (const person of data.people) namesakes.set(person.n, (namesakes.get(person.n) ?? 0) + 1);
  const id = (person) => [" ", make("span", "id", bdi(person.i))];
  const member = (person) =>
    make("span", "", bdi(person.n), ...(namesakes.get(person.n) > 1 ? id(person) : []));

  const nameAndId = (person) => `${person.n} ${person.i}`;

  // ---- by center

  const shifts = data.shifts.map((shift) => ({
    ...shift,
    fields: [
      center(shift.c), ...data.sessions[shift.t], shift.m, ...shift.p.map((p) => nameAndId(data.people[p])),
    ].map(wordsOf),
  }));
  const pause = (shift, place) => {
    const text = shift.r?.[shift.p.indexOf(place)];
    return text ? [" ", make("span", "hours", text)] : [];
  };
  const team = (shift) => {
    if (!shift.n) return data.words.nobody;
    if (!shift.p.length) return data.counts[shift.n];
    return list("team", shift.p.map((place) => make("span", "", member(data.people[place]), ...pause(shift, place))));
  };
  const cellsOf = (shift) => [
    cell(when(shift.t)),
    cell(seat(shift)),
    cell(team(shift)),
    shift.m ? told(data.words.missing, bdi(shift.m)) : cell(shift.w ? data.words.complete : "–"),
  ];
  const inTime = (one, other) => one.t - other.t;
  options(byId("centers-center"), centers);
  const days = new Map(data.sessions.map(([day, , date]) => [date, day]));
  options(byId("centers-day"), days);
  const showCenters = table(
    "centers",
    shifts,
    (shift) => row(rowHead(bdi(center(shift.c))), ...cellsOf(shift)),
    {
      center: (one, other) => collator.compare(center(one.c), center(other.c)) || inTime(one, other),
      day: (one, other) => inTime(one, other) || collator.compare(center(one.c), center(other.c)),
      seats: (one, other) => (one.w ? one.f / one.w : 2) - (other.w ? other.f / other.w : 2),
      team: (one, other) => one.n - other.n,
      missing: (one, other) => other.e - one.e,
    },
    (shift) =>
      (byId("centers-center").value === "" || shift.c === Number(byId("centers-center").value)) &&
      (byId("centers-day").value === "" || data.sessions[shift.t][2] === byId("centers-day").value) &&
      (!byId("centers-empty").checked || shift.e > 0),
  );

  // ---- by person

  if (byId("people")) {
    const all = data.shifts;
    const people = data.people.map((person, place) => ({
      ...person,
      place,
      fields: [
        nameAndId(person), person.k, person.c ?? "", center(person.h),
        ...person.s.flatMap((s) => [center(all[s].c), data.sessions[all[s].t][0]]), ...(person.b ?? []),
      ].map(wordsOf),
    }));
    // Without any home that is known, neither the column nor the filter is there.
    const home = byId("people-center");
    if (home) options(home, centers);
    const shiftsOf = (...content) => {
      const own = cell(...content);
      own.className = "theirs";
      return own;
    };
    const reach = (person) => (person.c ? [make("span", "reach", bdi(person.c))] : []);
    const load = (person) => (person.o ? person.l : -1);
    table(
      "people",
      people,
      (person) =>
        row(
          rowHead(bdi(person.n), ...(person.i === person.n ? [] : id(person)), ...reach(person)),
          ...(home ? [cell(bdi(center(person.h)))] : []),
          shiftsOf(
            person.s.length || person.b
              ? list("", [
                  ...person.s.map((s) => make("span", "", when(all[s].t), " ", bdi(center(all[s].c)), ...pause(all[s], person.place))),
                  ...(person.b ?? []).map((text) => make("span", "beside", bdi(text))),
                ])
              : "–",
          ),
          told(data.words.load, person.x),
          told(data.words.skills, bdi(person.k)),
        ),
      {
        name: (one, other) => byName(one.n, other.n),
        home: (one, other) => collator.compare(center(one.h), center(other.h)) || byName(one.n, other.n),
        count: (one, other) => one.s.length - other.s.length,
        load: (one, other) => load(one) - load(other),
        skills: (one, other) => collator.compare(one.k, other.k),
      },
      (person) =>
        (!home || home.value === "" || person.h === Number(home.value)) &&
        (!byId("people-empty").checked || !person.s.length),
    );
  }

  // ---- a center chosen on the map or in the table of coverage

  document.addEventListener("center", (event) => {
    byId("centers-center").value = event.detail;
    byId("centers-search").value = "";
    byId("centers-day").value = "";
    byId("centers-empty").checked = false;
    showCenters();
  });

  // ---- on paper: all rows that fit the search, or a page for each center

  const pages = byId("pages");
  byId("centers-pages").addEventListener("click", () => {
    const only = byId("centers-center").value;
    const heads = [...byId("centers-table").tHead.rows[0].cells].slice(1).map((head) => head.textContent);
    const sheet = ([place, name]) => {
      const own = shifts.filter((shift) => shift.c === place).sort(inTime);
      const body = make("tbody", "", ...own.map((shift) => make("tr", "", ...cellsOf(shift))));
      const top = make("thead", "", make("tr", "", ...heads.map((head) => make("th", "", head))));
      return make("section", "page", make("h2", "", bdi(name)), make("p", "", document.title), make("table", "roster", top, body));
    };
    pages.replaceChildren(...centers.filter(([place]) => only === "" || place === Number(only)).map(sheet));
    document.body.classList.add("by-center");
    window.print();
  });
  window.addEventListener("beforeprint", () => redraws.forEach((redraw) => redraw(true)));
  window.addEventListener("afterprint", () => {
    redraws.forEach((redraw) => redraw(false));
    document.body.classList.remove("by-center");
    pages.replaceChildren();
  });
})();
