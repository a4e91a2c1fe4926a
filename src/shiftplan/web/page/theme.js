/** Light or dark: as the system has it, until somebody chooses. */

import { remember, remembered } from "./remembered.js";

const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => (remembered("theme") ?? (system.matches ? "dark" : "light")) === "dark";

export function setDark(dark) {
  remember("theme", dark ? "dark" : "light");
  show();
}

function show() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

system.addEventListener("change", show);
show();
