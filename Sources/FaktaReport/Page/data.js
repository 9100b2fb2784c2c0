// The documents: read from the block of JSON in the page, unpacked when first looked at.

const data = JSON.parse(document.getElementById("data").textContent);
const strings = data.s;
const documents = new Array(data.docs.length);
const isCollection = data.docs.length > 1;

const LAYERS = [
  { key: "PER", name: "People", one: "Person" },
  { key: "ORG", name: "Organizations", one: "Organization" },
  { key: "LOC", name: "Places", one: "Place" },
  { key: "date", name: "Dates", one: "Date" },
  { key: "quantity", name: "Quantities", one: "Quantity" },
  { key: "statement", name: "Statements", one: "Statement" },
];

const layerName = key => LAYERS.find(layer => layer.key === key)?.one ?? key;

/** Document `i`, unpacked. Offsets are UTF-16 units of `text`. */
function documentAt(i) {
  return (documents[i] ??= unpack(data.docs[i], i));
}

function unpack(packed, index) {
  const text = packed.x ?? "";
  const span = (start, length) => ({ start, end: start + length });
  const doc = {
    index, id: packed.i, text, hasText: !packed.n, error: packed.err, reference: packed.r, referenceSource: packed.rs,
    meta: packed.m ?? [],
    regions: (packed.g ?? []).map(a => ({ kind: strings[a[0]], ...span(a[1], a[2]) })),
    sentences: pairs(packed.t ?? []),
    entities: (packed.e ?? []).map(unpackEntity),
    dates: (packed.d ?? []).map(unpackDate),
    quantities: (packed.q ?? []).map(unpackQuantity),
  };
  const layers = [null, doc.entities, doc.dates, doc.quantities];
  doc.facts = (packed.f ?? []).map((a, i) => unpackFact(a, i, layers));
  const field = name => doc.meta.find(([key]) => key === name)?.[1];
  doc.outlet = field("outlet") ?? field("source") ?? field("publisher");
  doc.url = field("url") ?? field("link");
  doc.date = field("date") ?? "";
  doc.title = field("title") || headline(doc);
  return doc;
}

function pairs(flat) {
  const spans = [];
  for (let i = 0; i + 1 < flat.length; i += 2) spans.push({ start: flat[i], end: flat[i] + flat[i + 1] });
  return spans;
}

const string = i => strings[i ?? 0];

function unpackEntity(a) {
  const label = string(a[2]);
  return {
    layer: ["PER", "ORG", "LOC"].includes(label) ? label : "OTHER", label, start: a[0], end: a[0] + a[1], name: string(a[3]), use: string(a[4]), gazetteer: string(a[5]),
    score: string(a[6]), evidence: (a[7] || []).map(string), facts: [],
  };
}

function unpackDate(a) {
  return {
    layer: "date", start: a[0], end: a[0] + a[1], type: string(a[2]), value: string(a[3]), from: string(a[4]),
    to: string(a[5]), mod: string(a[6]), freq: string(a[7]), calendar: string(a[8]), facts: [],
  };
}

function unpackQuantity(a) {
  return {
    layer: "quantity", start: a[0], end: a[0] + a[1], kind: string(a[2]), modifier: string(a[3]), unit: string(a[4]),
    low: string(a[5]), high: string(a[6]), item: a[8] ? { start: a[7], end: a[7] + a[8] } : null, head: string(a[9]),
    per: string(a[10]), facts: [],
  };
}

/** A fact is its kind, flags and relation, then slots: name and target, or name, minus target, start and length. */
function unpackFact(a, index, layers) {
  const fact = { index, kind: string(a[0]), quoted: !!(a[1] & 1), former: !!(a[1] & 2), relation: string(a[2]), slots: [] };
  for (let k = 3; k < a.length;) {
    const slot = { name: string(a[k]), start: 0, end: 0, target: null };
    const reference = a[k + 1];
    const code = Math.abs(reference);
    slot.target = code ? layers[code & 3][code >> 2] : null;
    if (reference > 0) {
      slot.start = slot.target.start;
      slot.end = slot.target.end;
      k += 2;
    } else {
      slot.start = a[k + 2];
      slot.end = slot.start + a[k + 3];
      k += 4;
    }
    slot.target?.facts.push(fact);
    fact.slots.push(slot);
    fact[slot.name] ??= slot;
  }
  const needed = NEEDED.get(fact.kind);
  if (needed && !fact[needed]) fact.kind = "incomplete " + fact.kind;
  return fact;
}

/** The slot without which a fact of a kind cannot be shown as one. */
const NEEDED = new Map([["figure", "quantity"], ["statement", "content"], ["role", "title"], ["event", "action"]]);

/** The article's own headline, else its first words. */
function headline(doc) {
  const title = doc.regions.find(region => region.kind === "title");
  if (title) return line(doc, title);
  const first = doc.sentences.find(s => !doc.regions.some(n => n.start <= s.start && s.end <= n.end));
  const dateline = first && doc.regions.find(region => region.kind === "dateline" && region.start <= first.start && region.end > first.start);
  const words = first ? line(doc, { start: dateline?.end ?? first.start, end: first.end }) : doc.text.slice(0, 200).trim();
  return words ? shorten(words, 90) : doc.id;
}

/** The words of a span on one line. */
function line(doc, span) {
  return doc.text.slice(span.start, span.end).replace(/\s+/g, " ").trim();
}

/** The canonical name of a slot that is an entity, else its words. */
function slotName(doc, slot) {
  return slot.target?.name ?? line(doc, slot);
}

const isEntity = mark => mark.layer !== "date" && mark.layer !== "quantity";

/** The sentence around a span. */
function sentenceAround(doc, span) {
  let low = 0;
  let high = doc.sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (doc.sentences[middle].end <= span.start) low = middle + 1;
    else high = middle;
  }
  const sentence = doc.sentences[low];
  if (sentence && sentence.start <= span.start && span.end <= sentence.end) return sentence;
  const start = Math.max(doc.text.lastIndexOf("\n", span.start) + 1, span.start - 200);
  const end = doc.text.indexOf("\n", span.end);
  return { start, end: Math.min(end < 0 ? doc.text.length : end, span.end + 200) };
}

/** A piece of a sentence around a span as nodes, with the span marked. */
function excerpt(doc, span, reach = 90) {
  const sentence = sentenceAround(doc, span);
  let start = Math.max(sentence.start, span.start - reach);
  let end = Math.min(sentence.end, span.end + reach);
  if (start > sentence.start) start = Math.min(span.start, doc.text.indexOf(" ", start) + 1 || start);
  if (end < sentence.end) end = Math.max(span.end, doc.text.lastIndexOf(" ", end));
  const flat = (a, b) => doc.text.slice(a, b).replace(/\s+/g, " ");
  return [
    start > sentence.start ? "… " : "", flat(start, span.start).replace(/^ /, ""),
    h("mark", { class: "hit" }, flat(span.start, span.end)), flat(span.end, end), end < sentence.end ? " …" : "",
  ];
}
