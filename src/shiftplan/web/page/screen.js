/** What kind of screen the page is on. */

import { changed } from "./store.js";

const phone = matchMedia("(max-width: 48rem)");
phone.addEventListener("change", changed);

/** Whether the screen is as narrow as that of a phone. */
export const narrow = () => phone.matches;
