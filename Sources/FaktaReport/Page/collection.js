// What many articles say together: who is mentioned and quoted where, and which figures they give.

let gathered = null;

/** Names, speakers and figures of all documents, gathered when first asked for. */
function collection() {
  return (gathered ??= gather());
}

function gather() {
  const things = new Map();
  const speakers = new Map();
  const heads = new Map();
  const totals = { statements: 0, figures: 0, roles: 0, events: 0 };
  for (let i = 0; i < data.docs.length; i++) {
    const doc = documentAt(i);
    for (const mark of doc.entities) add(things, mark.layer + "\t" + mark.name, i, { layer: mark.layer, name: mark.name });
    for (const fact of doc.facts) {
      if (fact.kind === "statement") {
        totals.statements++;
        if (isKnown(fact)) {
          const { layer, name } = fact.speaker.target;
          add(speakers, layer + "\t" + name, i, { layer, name });
        }
      } else if (fact.kind === "figure") {
        totals.figures++;
        addFigure(heads, doc, fact);
      } else if (fact.kind === "role") totals.roles++;
      else if (fact.kind === "event") totals.events++;
    }
  }
  const by = (map, key) => [...map.values()].sort((a, b) => key(b) - key(a) || b.count - a.count);
  return {
    totals, things: by(things, thing => thing.docs.length), speakers: by(speakers, speaker => speaker.count),
    heads: [...heads.values()].filter(head => head.figures.length > 1 && head.docs.size > 1).sort((a, b) => b.docs.size - a.docs.size || b.figures.length - a.figures.length),
    thing: (layer, name) => things.get(layer + "\t" + name),
  };
}

function add(map, key, document, fields) {
  let entry = map.get(key);
  if (!entry) map.set(key, (entry = { ...fields, count: 0, docs: [] }));
  entry.count++;
  if (entry.docs.at(-1) !== document) entry.docs.push(document);
}

/** Figures of one head and unit, with the day they speak of. */
function addFigure(heads, doc, fact) {
  const q = fact.quantity?.target;
  const at = fact.time?.target?.from || doc.reference;
  if (!q?.head || !at || q.kind === "ordinal") return;
  const [low, high, when] = [Number(q.low), Number(q.high), dayNumber(at)];
  if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(when)) return;
  const key = q.head.toLowerCase() + "\t" + q.unit;
  let head = heads.get(key);
  if (!head) heads.set(key, (head = { head: q.head.toLowerCase(), unit: q.unit, figures: [], docs: new Set() }));
  head.figures.push({ doc, fact, low, high, day: when });
  head.docs.add(doc.index);
}

const articleLink = (index, fact) => `#/article/${index}` + (fact ? `/fact/${fact.index}` : "");
const nameLink = (layer, name) => `#/name/${layer}/${encodeURIComponent(name.toWellFormed?.() ?? name)}`;

/** The page of one name: its roles, what it said, where it is mentioned. */
function namePage(layer, name) {
  const thing = collection().thing(layer, name);
  if (!thing) return h("main", { class: "page" }, h("h1", {}, "No such name"), h("p", {}, name));
  const docs = thing.docs.map(documentAt);
  const roles = new Map();
  const statements = [];
  const together = new Map();
  for (const doc of docs) {
    for (const role of rolesOf(doc, name)) roles.set(role, (roles.get(role) ?? 0) + 1);
    for (const fact of doc.facts) {
      if (fact.kind === "statement" && isKnown(fact) && fact.speaker.target.name === name) statements.push([doc, fact]);
    }
    for (const other of thingsOf(doc)) {
      if (other.name !== name) add(together, other.layer + "\t" + other.name, doc.index, other);
    }
  }
  const company = [...together.values()].sort((a, b) => b.docs.length - a.docs.length).slice(0, 12);
  return h("main", { class: "page name-page", id: "main" },
    h("header", { class: "title" }, h("span", { class: `pill ${layer}` }, layerName(layer)), h("h1", {}, name),
      h("p", { class: "byline" }, `${plural(thing.count, "mention")} in ${plural(docs.length, "article")}`)),
    h("div", { class: "columns" }, h("div", {},
      roles.size > 0 && block("Roles", h("ul", { class: "plain" }, [...roles].map(([role, count]) => h("li", {}, role, count > 1 && h("small", {}, ` ${count}×`))))),
      statements.length > 0 && block(`Statements (${group(statements.length)})`, lazyList(h("ul", { class: "quotes" }), statements, ([doc, fact]) =>
        h("li", { class: fact.quoted ? "said quoted" : "said" },
          h("span", { class: "words", lang: "id" }, shorten(line(doc, fact.content), 300)),
          h("a", { class: "from", href: articleLink(doc.index, fact) }, source(doc))), 20)),
      block("Mentioned with", h("ul", { class: "names" }, company.map(other => h("li", {},
        h("a", { class: `chip ${other.layer}`, href: nameLink(other.layer, other.name) }, other.name, h("small", {}, group(other.docs.length)))))))),
      h("div", {}, block("Articles", lazyList(h("ul", { class: "quotes" }), docs, doc => {
        const mark = doc.entities.find(entity => entity.layer === layer && entity.name === name);
        return h("li", {}, h("a", { class: "headline", href: articleLink(doc.index) }, doc.title),
          h("p", { lang: "id" }, excerpt(doc, mark)), h("small", {}, source(doc)));
      }, 20)))));
}

function block(title, ...content) {
  return h("section", { class: "block" }, h("h2", {}, title), content);
}

/** Outlet and day of an article, whatever of them is known. */
function source(doc) {
  return [doc.outlet, doc.reference ? day(doc.reference) : shorten(doc.date, 20)].filter(Boolean).join(" · ") || doc.id;
}
