/** Taking something out of the page: a text copied, a file saved. */

/**
 * Copy a text, also where the browser lends no clipboard: plain http on a local network.
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

/**
 * Save a file where the browser puts downloads.
 * @param {Blob} file - What it holds.
 * @param {string} name - What it is called.
 */
export function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser has begun to save it by then
}
