// The page: bar, routes, theme, keyboard.

const card = new Card();
const tip = new Tip();
let view = null;

function articlePage(doc) {
  if (doc.error) return h("main", { class: "page", id: "main" }, h("h1", {}, doc.title), h("p", { class: "error" }, doc.error));
  view = new ArticleView(doc, (subject, anchor) => card.open(subject, anchor, view));
  const article = h("article", {}, articleHeader(doc), switches(doc),
    doc.hasText ? null : h("p", { class: "note" }, "The text was not written (--no-text); only the annotated words are known."), view.element);
  const side = panels(view);
  const jump = h("nav", { class: "jump", "aria-label": "Sections" }, side.map(section => h("a", {
    href: "#" + section.id,
    onclick: event => {
      event.preventDefault();
      section.open = true;
      section.scrollIntoView({ block: "start" });
      section.querySelector("summary").focus({ preventScroll: true });
    },
  }, section.querySelector("h2").textContent)));
  return h("main", { class: "reader", id: "main" }, article, h("aside", { "aria-label": "What the article says" }, jump, side));
}

function articleHeader(doc) {
  const parts = [
    doc.outlet && h("span", {}, doc.outlet),
    doc.reference && h("span", { title: "Relative dates are counted from this day" + (doc.referenceSource ? ` (from the ${doc.referenceSource})` : "") },
      h("time", { datetime: doc.reference }, day(doc.reference))),
    doc.url && webLink(doc.url, "original"),
    isCollection && h("span", { class: "pager" },
      doc.index > 0 && h("a", { href: articleLink(doc.index - 1), "aria-label": "Previous article" }, "‹"),
      `${group(doc.index + 1)} / ${group(data.docs.length)}`,
      doc.index + 1 < data.docs.length && h("a", { href: articleLink(doc.index + 1), "aria-label": "Next article" }, "›")),
  ];
  const isOwn = doc.regions.some(region => region.kind === "title") || !doc.meta.some(([name, value]) => name === "title" && value);
  return h("header", { class: "title" }, h("p", { class: "byline" }, parts),
    h("h1", { lang: "id", dir: "auto", class: isOwn && doc.title.length > 60 ? "long" : "" }, doc.title));
}

const hidden = new Set();

/** Switches of the layers; the choice holds for the next articles too. */
function switches(doc) {
  const counts = { date: doc.dates.length, quantity: doc.quantities.length, statement: doc.facts.filter(fact => fact.kind === "statement").length };
  for (const mark of doc.entities) counts[mark.layer] = (counts[mark.layer] ?? 0) + 1;
  const noise = doc.regions.filter(region => region.kind === "boilerplate").length;
  const layers = [...LAYERS.map(layer => [layer.key, layer.name, counts[layer.key] ?? 0]), ["noise", "Noise", noise]];
  const apply = key => view.element.classList.toggle("hide-" + key, hidden.has(key));
  layers.forEach(([key]) => apply(key));
  return h("div", { class: "switches", role: "group", "aria-label": "Layers" }, layers.filter(([, , count]) => count).map(([key, name, count]) => h("button", {
    class: `switch ${key}`, "aria-pressed": String(!hidden.has(key)),
    onclick: event => {
      if (!hidden.delete(key)) hidden.add(key);
      event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(key)));
      apply(key);
    },
  }, h("span", { class: "swatch" }), name, h("small", {}, group(count)))));
}

// Bar

function bar() {
  const search = h("input", {
    type: "search", placeholder: "Search articles", "aria-label": "Search articles", autocomplete: "off", spellcheck: "false",
    oninput: () => {
      filters.words = search.value;
      if (current() !== "") location.hash = "#/";
      else overviewPage.search(search.value);
    },
    onkeydown: event => {
      if (event.key === "Enter") document.getElementById("articles")?.scrollIntoView();
    },
  });
  bar.search = search;
  const theme = h("button", { class: "icon", "aria-label": "Light or dark", title: "Light or dark", onclick: toggleTheme }, "◐");
  const print = h("button", { class: "icon", "aria-label": "Print", title: "Print", onclick: () => window.print() }, "⎙");
  const brand = svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" },
    svg("rect", { class: "b1", x: 1, y: 2, width: 18, height: 4, rx: 1.5 }), svg("rect", { class: "b2", x: 1, y: 8, width: 11, height: 4, rx: 1.5 }),
    svg("rect", { class: "b3", x: 1, y: 14, width: 6, height: 4, rx: 1.5 }));
  return h("header", { class: "bar" },
    h("a", { class: "skip", href: "#main", onclick: event => (event.preventDefault(), document.getElementById("main").focus()) }, "Skip to content"),
    h("a", { class: "brand", href: "#/" }, brand, "Fakta"),
    isCollection && !data.diff && h("a", { class: "back", href: "#/" }, "All articles"),
    h("span", { class: "space" }), isCollection && !data.diff && search, theme, print);
}

function toggleTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}

// Routes: #/, #/article/12, #/article/12/fact/3, #/name/PER/Nama

const current = () => location.hash.replace(/^#\/?/, "");

function page() {
  const [route, first, second, third] = current().split("/");
  if (data.diff) return diffPage();
  if (!data.docs.length) return h("main", { class: "page", id: "main" }, h("h1", {}, "No articles"));
  if (!isCollection) return articlePage(documentAt(0));
  if (route === "article" && data.docs[first]) {
    const page = articlePage(documentAt(Number(first)));
    const fact = second === "fact" && documentAt(Number(first)).facts[third];
    if (fact) requestAnimationFrame(() => showFact(fact));
    return page;
  }
  if (route === "name") return namePage(first, decode(second ?? ""));
  return overviewPage();
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Scrolls to a fact and keeps its spans highlighted. */
function showFact(fact) {
  const main = mainSlot(fact);
  if (!main) return;
  view.reveal(main);
  view.highlight(fact);
}

let shown = null;

function show() {
  if (shown !== null && !/^(#\/.*)?$/.test(location.hash)) return; // an anchor inside of the page
  if (shown !== null && !isCollection) return;
  card.close();
  CSS.highlights?.clear();
  view?.observer.disconnect();
  view = null;
  const content = page();
  content.setAttribute("tabindex", "-1");
  document.querySelector("main").replaceWith(content);
  document.body.dataset.route = data.diff ? "diff" : current().split("/")[0] || (isCollection ? "overview" : "article");
  document.title = (content.querySelector("h1")?.textContent ?? plural(data.docs.length, "article")) + " – Fakta";
  if (shown !== null) {
    if (!current().includes("/fact/")) scrollTo(0, 0);
    if (document.activeElement !== bar.search) content.focus({ preventScroll: true });
  }
  shown = location.hash;
}

document.body.prepend(bar());
show();
addEventListener("hashchange", show);
addEventListener("resize", () => card.close());
addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && bar.search.isConnected) {
    event.preventDefault();
    bar.search.focus();
  }
});
addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach(details => (details.open = true));
  view?.renderTo(200000);
});
