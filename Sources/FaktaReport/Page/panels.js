// What one article says, beside the article: figures, statements by speaker, people, timeline, names, events.

/** A slot as a button that shows its words in the text. */
function slotButton(slot, view, text) {
  return h("button", {
    class: "slot " + (slot.target && isEntity(slot.target) ? slot.target.layer : slot.target?.layer ?? ""),
    onclick: event => {
      event.stopPropagation();
      if (slot.target && view.elements.has(slot.target)) view.open(slot.target);
      else view.reveal(slot);
    },
  }, text ?? slotName(view.doc, slot));
}

function panel(key, title, count, ...body) {
  return h("details", { class: "panel", id: "panel-" + key, open: true },
    h("summary", {}, h("h2", {}, title), h("span", { class: "count" }, group(count))), body);
}

/** All panels of an article that have something to show. */
function panels(view) {
  const { doc } = view;
  const facts = kind => doc.facts.filter(fact => fact.kind === kind);
  const things = thingsOf(doc);
  const builtIn = ["figure", "role", "statement", "event"];
  const other = doc.facts.filter(fact => !builtIn.includes(fact.kind));
  return [
    figuresPanel(facts("figure"), view), statementsPanel(facts("statement"), view),
    peoplePanel(things.filter(thing => thing.layer === "PER"), view), timelinePanel(view),
    namesPanel("organizations", "Organizations", things.filter(thing => thing.layer === "ORG"), view),
    namesPanel("places", "Places", things.filter(thing => thing.layer === "LOC"), view),
    eventsPanel(facts("event"), view), otherPanel(other, view), recordPanel(doc),
  ].filter(Boolean);
}

/** The things that an article mentions, most mentioned first. */
function thingsOf(doc) {
  const things = new Map();
  for (const mark of doc.entities) {
    const key = mark.layer + "\t" + mark.name;
    if (!things.has(key)) things.set(key, { layer: mark.layer, name: mark.name, mentions: [], uses: new Set() });
    const thing = things.get(key);
    thing.mentions.push(mark);
    if (mark.use) thing.uses.add(mark.use);
  }
  return [...things.values()].sort((a, b) => b.mentions.length - a.mentions.length);
}

/** Shows a fact in the text while it is pointed at or focused; a click goes there. */
function tied(element, fact, view) {
  element.addEventListener("mouseenter", () => view.highlight(fact));
  element.addEventListener("mouseleave", () => view.highlight(null));
  element.addEventListener("focusin", () => view.highlight(fact));
  element.addEventListener("focusout", () => view.highlight(null));
  return element;
}

function goTo(fact, view, ...content) {
  return h("button", { class: "go", onclick: () => view.reveal(mainSlot(fact)) }, content);
}

function figuresPanel(facts, view) {
  if (!facts.length) return null;
  const list = h("ul", { class: "figures" });
  lazyList(list, facts, fact => {
    const q = fact.quantity?.target;
    const item = q?.item ? line(view.doc, q.item) : "";
    const part = (label, name) => fact[name] && h("span", { class: "part" }, h("i", {}, label),
      slotButton(fact[name], view, name === "source" ? null : line(view.doc, fact[name])));
    return tied(h("li", {},
      goTo(fact, view, h("b", {}, q ? quantityValue(q) : line(view.doc, mainSlot(fact))), item && h("span", {}, item)),
      h("div", { class: "parts" }, part("who", "actor"), part("denied", "negation"), part("action", "action"), part("in", "place"), part("when", "time"),
        part("says", "source"))), fact, view);
  });
  return panel("figures", "Figures", facts.length, list);
}

function statementsPanel(facts, view) {
  if (!facts.length) return null;
  const speakers = new Map();
  for (const fact of facts) {
    const name = fact.speaker ? slotName(view.doc, fact.speaker) : "";
    if (!speakers.has(name)) speakers.set(name, []);
    speakers.get(name).push(fact);
  }
  const list = h("ul", { class: "speakers" });
  lazyList(list, [...speakers], ([name, said]) => h("li", {},
    h("h3", {}, name || "Nobody named", name && isKnown(said[0]) && crossLink(said[0].speaker.target.layer, name)),
    rolesOf(view.doc, name).slice(0, 1).map(role => h("p", { class: "role" }, role)),
    h("ul", {}, said.map(fact => statementItem(fact, view)))), 20);
  return panel("statements", "Who said what", facts.length, list);
}

const isKnown = fact => fact.speaker?.target && isEntity(fact.speaker.target);

function statementItem(fact, view) {
  const content = fact.content ? line(view.doc, fact.content) : "";
  return tied(h("li", { class: fact.quoted ? "said quoted" : "said" },
    goTo(fact, view, h("span", { class: "words", lang: "id" }, shorten(content, 260))),
    h("div", { class: "parts" }, fact.cue && h("span", { class: "part" }, slotButton(fact.cue, view, line(view.doc, fact.cue))),
      fact.time && h("span", { class: "part" }, slotButton(fact.time, view, line(view.doc, fact.time))),
      fact.outlet && h("span", { class: "part" }, h("i", {}, "in"), slotButton(fact.outlet, view)))), fact, view);
}

function peoplePanel(things, view) {
  if (!things.length) return null;
  const list = h("ul", { class: "people" });
  lazyList(list, things, thing => h("li", {},
    h("button", { class: "go", onclick: () => view.open(thing.mentions[0]) }, h("b", {}, thing.name)),
    h("span", { class: "times" }, thing.mentions.length > 1 ? `${thing.mentions.length}×` : ""),
    crossLink("PER", thing.name),
    rolesOf(view.doc, thing.name).map(role => h("p", { class: "role" }, role))));
  return panel("people", "People", things.length, list);
}

function namesPanel(key, title, things, view) {
  if (!things.length) return null;
  const list = h("ul", { class: "names" });
  lazyList(list, things, thing => h("li", {},
    h("button", { class: `chip ${thing.layer}`, onclick: () => view.open(thing.mentions[0]) },
      thing.name, thing.mentions.length > 1 && h("small", {}, `${thing.mentions.length}×`),
      [...thing.uses].map(use => h("small", { class: "use" }, use))),
    crossLink(thing.layer, thing.name)), 200);
  return panel(key, title, things.length, list);
}

/** A small link to the page of a name, where other articles mention it too. */
function crossLink(layer, name) {
  const others = isCollection ? (collection().thing(layer, name)?.docs.length ?? 1) - 1 : 0;
  if (others < 1) return null;
  return h("a", { class: "cross", href: nameLink(layer, name), title: `In ${plural(others, "more article")}` }, `+${group(others)}`);
}

function eventsPanel(facts, view) {
  if (!facts.length) return null;
  const list = h("ul", { class: "events" });
  lazyList(list, facts, fact => tied(h("li", {},
    goTo(fact, view, h("b", {}, ["subject", "negation", "action", "object"].map(name => fact[name] && line(view.doc, fact[name])).filter(Boolean).join(" "))),
    fact.time && h("div", { class: "parts" }, h("span", { class: "part" },
      h("i", {}, fact.relation && fact.relation !== "at" ? fact.relation : "when"), slotButton(fact.time, view, line(view.doc, fact.time))))),
  fact, view));
  return panel("events", "Events", facts.length, list);
}

/** Facts of users' own rules. */
function otherPanel(facts, view) {
  if (!facts.length) return null;
  const list = h("ul", { class: "events" });
  lazyList(list, facts, fact => tied(h("li", {},
    goTo(fact, view, h("b", {}, fact.kind)),
    h("div", { class: "parts" }, fact.slots.map(slot => h("span", { class: "part" }, h("i", {}, slot.name), slotButton(slot, view))))),
  fact, view));
  return panel("other", "Other facts", facts.length, list);
}

/** The record's other fields. */
function recordPanel(doc) {
  const rows = doc.meta.filter(([name]) => name !== "title")
    .map(([name, value]) => row(name, /^https?:/i.test(value) ? webLink(value, shorten(value, 60)) : shorten(value, 300)));
  const element = panel("record", "Record", rows.length + 1, h("dl", { class: "record" }, row("id", doc.id), rows));
  element.open = false;
  return element;
}
