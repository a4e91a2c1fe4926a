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
