// The first page of a collection: totals, charts, figures that differ, and all articles with search and filters.

const filters = { words: "", outlet: "", from: "", to: "", has: new Set() };

function overviewPage() {
  const all = collection();
  const label = key => all.things.filter(thing => thing.layer === key).length;
  const tiles = [
    [data.docs.length, "articles"], [label("PER"), "people"], [label("ORG"), "organizations"], [label("LOC"), "places"],
    [all.totals.statements, "statements"], [all.totals.figures, "figures"],
  ];
  return h("main", { class: "page overview", id: "main" },
    h("ul", { class: "tiles" }, tiles.map(([count, name]) => h("li", {}, h("b", {}, group(count)), name))),
    h("div", { class: "charts" }, mentionedChart(all), quotedChart(all), figuresChart(all)),
    conflictsBlock(),
    articlesBlock());
}

function mentionedChart(all) {
  const chart = h("div", {});
  const show = key => {
    const rows = all.things.filter(thing => !key || thing.layer === key).slice(0, 10);
    chart.replaceChildren(barChart("Most mentioned", rows.map(thing => ({
      label: thing.name, count: thing.docs.length, layer: thing.layer, action: () => (location.hash = nameLink(thing.layer, thing.name)),
    }))));
  };
  show("");
  return h("section", { class: "chart" }, h("header", {}, h("h2", {}, "Most mentioned"),
    segments([["", "All"], ["PER", "People"], ["ORG", "Orgs"], ["LOC", "Places"]], show)), chart,
    h("p", { class: "note" }, "articles that name them"));
}

/** A row of buttons of which one is pressed. */
function segments(choices, choose) {
  const buttons = choices.map(([key, text], i) => h("button", {
    "aria-pressed": String(i === 0),
    onclick: event => {
      buttons.forEach(button => button.setAttribute("aria-pressed", String(button === event.currentTarget)));
      choose(key);
    },
  }, text));
  return h("div", { class: "segments", role: "group" }, buttons);
}

function quotedChart(all) {
  const rows = all.speakers.slice(0, 10).map(speaker => ({
    label: speaker.name, count: speaker.count, layer: "statement", action: () => (location.hash = nameLink(speaker.layer, speaker.name)),
  }));
  return rows.length > 0 && h("section", { class: "chart" }, h("header", {}, h("h2", {}, "Most quoted")), barChart("Most quoted", rows),
    h("p", { class: "note" }, "statements"));
}

function figuresChart(all) {
  const heads = all.heads.slice(0, 80);
  if (!heads.length) return null;
  const chart = h("div", {});
  const show = head => chart.replaceChildren(pointChart(`Figures: ${head.head}`, head.figures.slice(0, 400).map(({ doc, fact, low, high, day: at }) => ({
    day: at, low, high, label: `${factLine(doc, fact)} (${source(doc)})`, action: () => (location.hash = articleLink(doc.index, fact)),
  }))));
  const choice = h("select", { "aria-label": "What is counted", onchange: () => show(heads[choice.value]) },
    heads.map((head, i) => h("option", { value: i }, `${head.head}${head.unit ? " (" + head.unit + ")" : ""} · ${head.figures.length}`)));
  show(heads[0]);
  return h("section", { class: "chart wide" }, h("header", {}, h("h2", {}, "Figures over time"), choice), chart);
}

// Figures that differ

function conflictsBlock() {
  const conflicts = data.conflicts ?? [];
  if (!conflicts.length) return null;
  const list = h("ul", { class: "conflicts" });
  const real = conflicts.filter(conflict => !conflict.ok).length;
  lazyList(list, conflicts, conflictCard, 12);
  return h("details", { class: "block", id: "conflicts", open: true },
    h("summary", {}, h("h2", {}, "Figures that differ"), h("span", { class: "count" }, group(conflicts.length))),
    h("p", { class: "note" }, `The same thing at the same place within days, told with other numbers: ${plural(real, "contradiction")}, `
      + `${plural(conflicts.length - real, "more case")} where all can be true (“at least”, “about”).`), list);
}

function conflictCard(conflict) {
  const claims = conflict.claims.map(([index, fact]) => ({ doc: documentAt(index), fact: documentAt(index).facts[fact] }));
  const { doc, fact } = claims[0];
  const q = fact.quantity.target;
  const most = Math.max(...claims.map(claim => Number(claim.fact.quantity.target.high)), 1);
  return h("li", { class: conflict.ok ? "compatible" : "" },
    h("h3", {}, [q.item ? line(doc, q.item) : q.head, fact.action && line(doc, fact.action)].filter(Boolean).join(" · "), h("small", {}, fact.place ? slotName(doc, fact.place) : "")),
    h("table", {}, h("tbody", {}, [...byValue(claims)].map(([value, same]) => h("tr", {},
      h("th", { scope: "row" }, value),
      h("td", { class: "size" }, svg("svg", { width: 60, height: 8, "aria-hidden": "true" },
        svg("rect", { class: "bar quantity", width: Math.max(2, Number(same[0].fact.quantity.target.high) / most * 60) || 2, height: 8, rx: 3 }))),
      h("td", {}, same.slice(0, 3).map(sayer), same.length > 3 && h("small", {}, `and ${plural(same.length - 3, "more article")}`)))))));
}

function sayer({ doc, fact }) {
  const said = fact.source ? slotName(doc, fact.source) : "";
  return h("p", {}, said && h("b", {}, said), h("a", { href: articleLink(doc.index, fact) }, source(doc)));
}

function byValue(claims) {
  const values = new Map();
  for (const claim of claims) {
    const value = quantityValue(claim.fact.quantity.target);
    if (!values.has(value)) values.set(value, []);
    values.get(value).push(claim);
  }
  return values;
}

// The list of articles

function articlesBlock() {
  const count = h("span", { class: "count", role: "status", "aria-live": "polite" });
  const results = h("div", {});
  const outlets = [...new Set(data.docs.map((_, i) => documentAt(i).outlet).filter(Boolean))].sort();
  const refresh = () => {
    const found = matching();
    count.textContent = found.length === data.docs.length ? group(found.length) : `${group(found.length)} of ${group(data.docs.length)}`;
    results.replaceChildren(lazyList(h("ol", { class: "articles" }), found, articleRow),
      found.length ? "" : h("p", { class: "note" }, "No article matches. Take a word or a filter away."));
  };
  const set = (name, value) => {
    filters[name] = value;
    refresh();
  };
  overviewPage.search = words => set("words", words);
  const has = (key, text) => h("button", {
    class: "switch", "aria-pressed": String(filters.has.has(key)),
    onclick: event => {
      if (!filters.has.delete(key)) filters.has.add(key);
      event.currentTarget.setAttribute("aria-pressed", String(filters.has.has(key)));
      refresh();
    },
  }, text);
  const dateInput = (name, label) => h("label", {}, label, h("input", { type: "date", value: filters[name], onchange: event => set(name, event.target.value) }));
  const select = h("select", { "aria-label": "Outlet", onchange: event => set("outlet", event.target.value) },
    h("option", { value: "" }, "All outlets"), outlets.map(outlet => h("option", { value: outlet }, shorten(outlet, 40))));
  select.value = filters.outlet;
  refresh();
  return h("section", { class: "block", id: "articles" },
    h("header", {}, h("h2", {}, "Articles"), count),
    h("div", { class: "filters" }, outlets.length > 1 && select, dateInput("from", "from"), dateInput("to", "to"),
      has("statement", "with statements"), has("figure", "with figures"), data.conflicts?.length > 0 && has("conflict", "with differing figures")),
    results);
}

let texts = null;

/** Lower-case text of every article with its title and canonical names. */
function searchText(i) {
  texts ??= [];
  return (texts[i] ??= [documentAt(i).title, documentAt(i).id, documentAt(i).text, ...documentAt(i).entities.map(mark => mark.name)].join("\n").toLowerCase());
}

/** Indices of the documents that have all words and pass all filters. */
function matching() {
  const words = filters.words.toLowerCase().split(/\s+/).filter(Boolean);
  const disputed = new Set((data.conflicts ?? []).flatMap(conflict => conflict.claims.map(([index]) => index)));
  const found = [];
  for (let i = 0; i < data.docs.length; i++) {
    const doc = documentAt(i);
    const at = doc.reference ?? doc.date.slice(0, 10);
    if (filters.outlet && doc.outlet !== filters.outlet) continue;
    if (filters.from && !(at >= filters.from) || filters.to && !(at && at <= filters.to)) continue;
    if (filters.has.has("conflict") && !disputed.has(i)) continue;
    if (["statement", "figure"].some(kind => filters.has.has(kind) && !doc.facts.some(fact => fact.kind === kind))) continue;
    if (words.every(word => searchText(i).includes(word))) found.push(i);
  }
  return found;
}

function articleRow(index) {
  const doc = documentAt(index);
  const count = kind => doc.facts.filter(fact => fact.kind === kind).length;
  const facts = [["statement", count("statement")], ["figure", count("figure")]].filter(([, n]) => n).map(([kind, n]) => plural(n, kind));
  const top = thingsOf(doc).slice(0, 5);
  return h("li", {},
    h("a", { class: "headline", href: articleLink(index) }, doc.title),
    h("p", { class: "snippet", lang: "id" }, doc.error ? h("span", { class: "error" }, doc.error) : snippet(doc)),
    h("p", { class: "about" }, h("span", {}, source(doc)), facts.length > 0 && h("span", {}, facts.join(" · ")),
      top.map(thing => h("a", { class: `chip small ${thing.layer}`, href: nameLink(thing.layer, thing.name) }, thing.name))));
}

/** The place of the first word that is searched for, else the beginning. */
function snippet(doc) {
  const word = filters.words.toLowerCase().split(/\s+/).find(Boolean);
  const at = word ? doc.text.toLowerCase().indexOf(word) : -1;
  if (at >= 0) return excerpt(doc, { start: at, end: at + word.length }, 120);
  const body = doc.sentences[0] ?? { start: 0, end: 200 };
  return shorten(line(doc, { start: body.start, end: Math.min(doc.text.length, body.start + 260) }), 180);
}
