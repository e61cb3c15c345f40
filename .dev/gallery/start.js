// Starts the gallery. What follows the # says what is shown (src/bin/gallery.rs); `?contrast=more` and
// `?contrast=dark` show it in the colours that the page's own setting of that name gives.

import start from "./gallery.js";

const contrast = new URLSearchParams(location.search).get("contrast");
if (contrast) document.documentElement.dataset.contrast = contrast;
addEventListener("hashchange", () => location.reload());
await start();
document.documentElement.dataset.drawn = "";
