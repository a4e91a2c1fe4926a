/** Small choices that this browser remembers, such as the language; nothing about people. */

export function remembered(name) {
  try {
    return localStorage.getItem(`shiftplan.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`shiftplan.${name}`, value);
  } catch {
    // a browser that keeps nothing still works
  }
}

const tab = `shiftplan.tab ${location.pathname}`;

/** Keep something until this tab is closed, so that it survives reloading. */
export function keepInTab(value) {
  try {
    sessionStorage.setItem(tab, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing still works
  }
}

/** What this tab kept; empty for nothing. */
export function keptInTab() {
  try {
    return JSON.parse(sessionStorage.getItem(tab)) ?? {};
  } catch {
    return {};
  }
}
