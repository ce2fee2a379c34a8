// What a page must be for whoever does not see it, or does not use a mouse. Each function answers a list of faults.
const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
const tell = (e) => {
  const words = (e.getAttribute("aria-label") || e.innerText || e.name || "").trim().slice(0, 50);
  return `<${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ""}${e.className?.baseVal === undefined && e.className ? `.${e.className}` : ""}> «${words}»`;
};
const repeated = (values) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];

/** Language, titles, landmarks, tables, references between elements. */
function structure() {
  const faults = [];
  if (document.documentElement.lang !== "fr") { faults.push("the page does not say that it is in French"); }
  const titles = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")].filter(shown);
  if (titles.filter((t) => t.tagName === "H1").length !== 1) { faults.push("there is not exactly one h1"); }
  titles.reduce((before, title) => {
    const level = Number(title.getAttribute("aria-level") || title.tagName.slice(1));
    if (level > before + 1) { faults.push(`level ${level} after level ${before}: ${tell(title)}`); }
    if (!title.innerText.trim()) { faults.push(`empty title ${tell(title)}`); }
    return level;
  }, 0);
  for (const [landmark, selector] of [["main", "main"], ["banner", "body > header"], ["contentinfo", "body > footer"]]) {
    const found = document.querySelectorAll(selector).length;
    if (found !== 1) { faults.push(`${found} landmark ${landmark}`); }
  }
  if (!document.querySelector("body > a.evitement[href='#contenu']:first-child")) { faults.push("no link to the content comes first"); }
  const regions = [...document.querySelectorAll("nav, search, [role=search], [role=region], section[aria-label]")].filter(shown);
  for (const region of regions) {
    if (!region.getAttribute("aria-label") && !region.getAttribute("aria-labelledby")) { faults.push(`landmark without a name ${tell(region)}`); }
  }
  for (const name of repeated(regions.map((r) => `${r.getAttribute("aria-label") || document.getElementById(r.getAttribute("aria-labelledby"))?.innerText}`))) {
    faults.push(`two landmarks are called «${name}»`);
  }
  for (const outside of [...document.body.children].filter((e) => shown(e) && !e.matches("a.evitement, header, footer, div:has(> main), dialog, script, [role=status]"))) {
    faults.push(`content outside of any landmark: ${tell(outside)}`);
  }
  for (const id of repeated([...document.querySelectorAll("[id]")].map((e) => e.id))) { faults.push(`the identifier ${id} is there twice`); }
  for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
    for (const e of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of e.getAttribute(attribute).split(/\s+/)) {
        if (!document.getElementById(id)) { faults.push(`${attribute} of ${tell(e)} names ${id}, which is not there`); }
      }
    }
  }
  for (const table of document.querySelectorAll("table:not([role=presentation])")) {
    if (!table.caption?.textContent.trim() && !table.getAttribute("aria-label") && !table.getAttribute("aria-labelledby")) { faults.push(`table without a title ${tell(table)}`); }
    if (!table.querySelector("th, [role=columnheader]")) { faults.push(`table without headers ${tell(table)}`); }
    for (const th of table.querySelectorAll("th:not([scope]):not([role])")) { faults.push(`header without a scope ${tell(th)}`); }
  }
  for (const e of document.querySelectorAll("[aria-invalid=true]")) {
    if (!e.getAttribute("aria-describedby")) { faults.push(`the error of ${tell(e)} is not tied to it`); }
  }
  for (const e of document.querySelectorAll("[tabindex]")) { if (e.tabIndex > 0) { faults.push(`order of the keyboard forced by ${tell(e)}`); } }
  for (const e of document.querySelectorAll("main li")) { if (!e.closest("ul, ol, menu")) { faults.push(`item outside of a list ${tell(e)}`); } }
  for (const e of document.querySelectorAll("svg:not([aria-hidden=true]):not([role=img])")) { if (shown(e)) { faults.push(`picture neither hidden nor named ${e.outerHTML.slice(0, 80)}`); } }
  for (const e of document.querySelectorAll("iframe, object, embed")) { if (!e.title && !e.getAttribute("aria-label")) { faults.push(`frame without a title ${tell(e)}`); } }
  for (const e of document.querySelectorAll("img")) { if (!e.hasAttribute("alt")) { faults.push(`image without alt ${tell(e)}`); } }
  for (const e of document.querySelectorAll("fieldset")) { if (!e.querySelector(":scope > legend")?.textContent.trim()) { faults.push(`group of fields without a legend ${tell(e)}`); } }
  const links = [...document.querySelectorAll("main a[href]")].filter(shown);
  const groups = Map.groupBy(links, (a) => (a.getAttribute("aria-label") || a.innerText).trim().replace(/\s+/g, " ") + "|" + (a.title || "") + "|" + (a.closest("tr, li, article, section, fieldset")?.innerText || ""));
  for (const group of groups.values()) {
    if (new Set(group.map((a) => a.href)).size > 1) { faults.push(`the same words and surroundings lead to ${group.map((a) => a.pathname + a.search).join(", ")}: ${tell(group[0])}`); }
  }
  return faults;
}

/** Targets smaller than 24 pixels that are neither in a sentence nor far from the others (WCAG 2.5.8). */
function targets() {
  const all = [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")].filter(shown);
  const box = (e) => {
    const label = e.matches("[type=checkbox], [type=radio]") ? e.closest("label") || document.querySelector(`label[for="${CSS.escape(e.id)}"]`) : null;
    const own = e.getBoundingClientRect(), other = label?.getBoundingClientRect();
    if (!other) { return own; }
    const left = Math.min(own.left, other.left), top = Math.min(own.top, other.top);
    return new DOMRect(left, top, Math.max(own.right, other.right) - left, Math.max(own.bottom, other.bottom) - top);
  };
  const boxes = all.map((e) => ({ e, r: box(e) })).filter(({ r }) => r.width > 1 && r.height > 1);
  const inSentence = (e) => e.tagName === "A" && getComputedStyle(e).display === "inline"
    && [...e.parentElement.childNodes].some((n) => n !== e && n.textContent.trim().length > 1);
  return boxes.filter(({ e, r }) => (r.width < 23.5 || r.height < 23.5) && !inSentence(e) && boxes.some((other) => {
    if (other.e === e) { return false; }
    const x = (r.left + r.right) / 2, y = (r.top + r.bottom) / 2, o = other.r;
    const dx = Math.max(o.left - x, 0, x - o.right), dy = Math.max(o.top - y, 0, y - o.bottom);
    const small = o.width < 23.5 || o.height < 23.5;
    return Math.hypot(dx, dy) < 12 || (small && Math.hypot((o.left + o.right) / 2 - x, (o.top + o.bottom) / 2 - y) < 24);
  })).map(({ e, r }) => `target of ${Math.round(r.width)} × ${Math.round(r.height)} ${tell(e)}`);
}

/** Text that its box cuts, and what makes the page scroll sideways. */
function cut() {
  const faults = [], page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) { faults.push(`the page is ${page.scrollWidth} wide in ${page.clientWidth}`); }
  for (const e of document.querySelectorAll("body *:not(.sr):not(svg *)")) {
    if (!shown(e) || e.closest(".sr") || !e.clientWidth || !e.innerText?.trim()) { continue; }
    const style = getComputedStyle(e);
    const hides = (axis) => ["hidden", "clip"].includes(style[`overflow-${axis}`]);
    if ((hides("x") && e.scrollWidth > e.clientWidth + 1) || (hides("y") && e.scrollHeight > e.clientHeight + 1)) { faults.push(`cut: ${tell(e)}`); }
  }
  for (const e of document.querySelectorAll("button, .pastille, summary, label:not(.sr)")) {
    if (shown(e) && e.clientWidth && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2) && getComputedStyle(e).display !== "inline") { faults.push(`overflows: ${tell(e)}`); }
  }
  return faults;
}

/** Spaces the text as WCAG 1.4.12 says; an adopted sheet, which the security policy lets through. */
function space() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
}

/** Doubles the text alone. */
function enlarge() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% !important; }");
  document.adoptedStyleSheets = [sheet];
}

function plain() { document.adoptedStyleSheets = []; }

/** Fields whose border does not stand out (3:1), in the colours of now. */
function edges() {
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (a, b) => { const [l, d] = [light(a), light(b)].sort((x, y) => y - x); return (l + .05) / (d + .05); };
  const solid = (colour) => { const c = channels(colour); return c.length < 4 || c[3] > .99; };
  const behind = (e) => { for (let up = e.parentElement; up; up = up.parentElement) { const c = getComputedStyle(up).backgroundColor; if (solid(c)) { return c; } } return "rgb(255, 255, 255)"; };
  return [...document.querySelectorAll("input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea")].filter(shown).flatMap((e) => {
    const style = getComputedStyle(e), ground = behind(e);
    const best = Math.max(style.borderTopWidth === "0px" ? 1 : ratio(style.borderTopColor, ground), ratio(style.backgroundColor, ground));
    return best < 3 ? [`edge at ${best.toFixed(2)}:1 ${tell(e)}`] : [];
  });
}

/** What still moves when one asked for less. */
function moves() {
  return [...document.querySelectorAll("*")].filter((e) => {
    const style = getComputedStyle(e);
    return style.transitionDuration.split(",").some((d) => parseFloat(d) > 0) || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0);
  }).map((e) => `moves: ${tell(e)}`);
}

/** Where the keyboard is: a line per fault, and the place in the document; null once back on the page itself. */
function focused() {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) { return null; }
  const all = [...document.querySelectorAll("*")];
  const style = getComputedStyle(e), r = e.getBoundingClientRect(), faults = [];
  // Within a frame the focus belongs to what the browser shows there.
  if (e.tagName === "IFRAME") { return { place: all.indexOf(e), who: tell(e), faults }; }
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) { faults.push(`the focus does not show on ${tell(e)}`); }
  if (r.bottom < 0 || r.top > innerHeight || r.width < 1 || r.height < 1) { faults.push(`the focus is out of sight on ${tell(e)}`); }
  const points = [[r.left + r.width / 2, r.top + r.height / 2], [r.left + 3, r.top + 3], [r.right - 3, r.bottom - 3]].filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
  if (points.length && !points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e) || e.labels?.[0]?.contains(top)); })) { faults.push(`something hides the focus on ${tell(e)}`); }
  return { place: all.indexOf(e), who: tell(e), faults };
}

/** Puts the keyboard at the top of the page. */
function begin() { document.activeElement?.blur(); scrollTo(0, 0); getSelection().removeAllRanges(); }

/** The words of what has the focus. */
function named() {
  const e = document.activeElement;
  const words = e.getAttribute("aria-label") || [...(e.labels || [])].map((label) => label.innerText).join(" ") || e.innerText || e.title || "";
  return words.replace(/[\u00a0\u202f\s]+/g, " ").trim();
}
