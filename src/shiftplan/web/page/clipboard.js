/** Copying a text, also where the browser lends no clipboard: plain http on a local network. */

/**
 * Copy a text.
 * @param {string} text - What is copied.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
