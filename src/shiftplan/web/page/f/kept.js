/** What this phone keeps of a form: its last state, what was typed, and what is being sent. */

const empty = () => ({ answers: {}, times: {}, wishes: {}, note: "" });

/** What is kept under a name; `typed` is what was typed and not sent, `sending` what is on its way. */
export class Kept {
  constructor(name) {
    this.name = `shiftplan.form.${name}`;
    this.page = null; // form and words, as they came last
    this.typed = empty();
    this.sending = null;
    this.read();
  }

  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name));
      if (!found) return;
      this.page = found.page ?? null;
      this.typed = { ...empty(), ...found.typed };
      this.sending = found.sending ?? null;
    } catch {
      // a browser that keeps nothing still sends
    }
  }

  /** Keep everything; false where this browser keeps nothing. */
  write() {
    try {
      const { page, typed, sending } = this;
      localStorage.setItem(this.name, JSON.stringify({ page, typed, sending }));
      return true;
    } catch {
      return false;
    }
  }

  get isTyped() {
    return Object.values(this.typed).some((part) => (typeof part === "string" ? part : Object.keys(part).length));
  }

  /** Take what was typed, or that nothing is to be changed, as what is to be sent, under a new id. */
  take() {
    if (this.sending) return this.sending;
    this.sending = { form: newId(), ...asSent(this.typed, this.page.form) };
    this.typed = empty();
    this.write();
    return this.sending;
  }

  /** What was to be sent and was refused is typed again, under what was typed since. */
  takeBack() {
    const before = asTyped(this.sending);
    for (const part of ["answers", "times", "wishes"])
      this.typed[part] = { ...before[part], ...this.typed[part] };
    this.typed.note ||= before.note;
    this.sending = null;
    this.write();
  }
}

/** Random id of a sending. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was typed, as the server takes it. */
function asSent(typed, form) {
  const own = new Map(form.shifts.map((shift) => [shift.shift_id, shift]));
  const hours = new Map(form.times.map((time) => [time.start + time.end, time]));
  return {
    answers: Object.entries(typed.answers)
      .filter(([id]) => own.has(id))
      .map(([shift_id, answer]) => {
        const { center_id, start, end } = own.get(shift_id);
        return { shift_id, center_id, start, end, ...answer };
      }),
    times: Object.entries(typed.times)
      .filter(([key]) => hours.has(key))
      .map(([key, can]) => ({ start: hours.get(key).start, end: hours.get(key).end, can })),
    wishes: Object.entries(typed.wishes).map(([date, state]) => ({ date, state: state || null })),
    note: typed.note.slice(0, 500),
  };
}

function asTyped(sent) {
  return {
    answers: Object.fromEntries(sent.answers.map(({ shift_id, answer, instead, colleague }) => [shift_id, { answer, instead, colleague }])),
    times: Object.fromEntries(sent.times.map((row) => [row.start + row.end, row.can])),
    wishes: Object.fromEntries(sent.wishes.map((row) => [row.date, row.state ?? ""])),
    note: sent.note,
  };
}
