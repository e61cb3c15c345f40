// The first question as our code draws it, as it stands in public/index.html for somebody new: without what the
// settings decide, what is closed and empty until all of the code has come, and what stands in the page already.

/** The first question that `tab` shows, drawn by our code, as markup for the page's template. */
export const firstPage = (tab) =>
  tab.evaluate(() => {
    const page = document.querySelector("[data-app]").cloneNode(true);
    page.removeAttribute("data-app");
    page.setAttribute("data-early", "");
    const all = (selector) => page.querySelectorAll(selector);
    for (const part of all(".wm-header [role=status], .wm-help, .wm-languages__list, .wm-settings__body, .wm-foot .nhsuk-details__text")) part.remove();
    for (const part of all(".wm-header__name, .wm-room")) part.replaceChildren();
    page.querySelector(".wm-saved").textContent = "Getting ready to save …";
    return page.outerHTML;
  });

const TEMPLATE = /(<template data-first="instruments\/([a-z0-9-]+)\.json">)(.*?)(<\/template>)/s;

/** Which questionnaire the page's template is of, and its markup. */
export function templateOf(html) {
  const [, , id, markup] = TEMPLATE.exec(html) ?? [];
  if (id === undefined) throw new Error("The page has no template of a first question.");
  return { id, markup };
}

/** The page with other markup in its template. */
export const withTemplate = (html, markup) => html.replace(TEMPLATE, (_, start, id, old, end) => start + markup + end);
