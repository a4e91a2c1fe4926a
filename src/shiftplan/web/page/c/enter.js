/** The link of a center: its token becomes a cookie, and the workbench opens for the lead. */

addEventListener("hashchange", () => location.reload()); // another link in the same tab
const said = document.getElementById("said");
const headers = { "X-Shiftplan": "1", "X-Shiftplan-Form": location.hash.slice(1) };
const answer = await fetch("../api/lead", { method: "POST", headers, cache: "no-store" }).catch(() => null);
if (answer?.ok) location.replace("../");
else if (answer) said.textContent = "Liên kết này không còn dùng được. / This link is no longer valid.";
else said.textContent = "Chưa có kết nối. / No connection.";
