// The card that opens at a mark: what it is, why, and the facts that it belongs to.

class Card {
  constructor() {
    this.element = h("div", { class: "card", role: "dialog", "aria-modal": "false", hidden: true, tabindex: "-1" });
    document.addEventListener("keydown", event => event.key === "Escape" && this.close());
    document.addEventListener("pointerdown", event => {
      if (!this.element.hidden && !this.element.contains(event.target) && !this.anchor?.contains(event.target)) this.close();
    });
    document.body.append(this.element);
  }

  open(subject, anchor, view) {
    this.anchor = anchor;
    this.view = view;
    const body = subject.layer ? [subject, ...(subject.also ?? [])].map(mark => markCard(mark, view)) : statementCard(subject, view);
    const close = h("button", { class: "close", "aria-label": "Close", onclick: () => this.close(true) }, "×");
    this.element.replaceChildren(close, ...[body].flat());
    this.element.setAttribute("aria-label", subject.layer ? describe(subject) : "Statement");
    this.element.hidden = false;
    document.querySelectorAll(".mark.open").forEach(mark => mark.classList.remove("open"));
    anchor.classList.add("open");
    this.put(anchor);
    this.element.focus({ preventScroll: true });
    tip.hide();
    view.highlight(null);
    if (!subject.layer) view.highlight(subject);
    else if (isEntity(subject)) view.highlightMentions(subject);
    else view.highlight(subject.facts[0]);
  }

  /** Below the mark, above it where there is no room, and never outside of the window. Small screens have it below. */
  put(anchor) {
    const boxes = anchor.getClientRects();
    const box = boxes[boxes.length - 1] ?? anchor.getBoundingClientRect(); // where a broken mark ends
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const style = this.element.style;
    if (innerWidth < 640) {
      style.left = style.top = "";
      return;
    }
    const below = box.bottom + 8 + height < innerHeight || box.top < height + 16;
    style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 16)) + scrollX + "px";
    style.top = (below ? box.bottom + 8 : box.top - height - 8) + scrollY + "px";
  }

  close(returnsFocus) {
    if (this.element.hidden) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.anchor?.classList.remove("open");
    this.view?.highlight(null);
    if (returnsFocus || hadFocus) this.anchor?.focus?.({ preventScroll: true });
  }
}

/** One line above a mark that the mouse rests on: what it is, and why. */
class Tip {
  constructor() {
    this.element = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
    document.body.append(this.element);
  }

  show(event) {
    const mark = event.target.closest?.(".mark")?.fakta;
    if (!mark || event.pointerType !== "mouse" || !card.element.hidden) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.put(mark, event.target.closest(".mark")), 250);
  }

  put(mark, anchor) {
    if (!anchor.isConnected) return;
    const reason = isEntity(mark) ? mark.evidence[0] : mark.layer === "date" ? mark.value : mark.kind;
    this.element.replaceChildren(describe(mark), reason ? h("small", {}, reason) : "");
    this.element.hidden = false;
    const box = anchor.getClientRects()[0];
    const left = Math.max(6, Math.min(box.left, document.documentElement.clientWidth - this.element.offsetWidth - 6));
    this.element.style.left = left + scrollX + "px";
    this.element.style.top = box.top + scrollY - this.element.offsetHeight - 6 + "px";
  }

  hide() {
    clearTimeout(this.timer);
    this.element.hidden = true;
  }
}

function row(label, ...content) {
  return content.flat().some(x => x) ? h("div", { class: "row" }, h("dt", {}, label), h("dd", {}, content)) : null;
}

function markCard(mark, view) {
  const { doc } = view;
  const words = line(doc, mark);
  const pill = h("span", { class: `pill ${mark.layer}` }, mark.layer === "date" ? mark.type.toLowerCase() : mark.layer === "OTHER" ? mark.label : layerName(mark.layer));
  if (isEntity(mark)) return entityCard(mark, view, pill, words);
  const value = mark.layer === "date" ? days(mark) : mark.layer === "quantity" ? quantityValue(mark) : mark.name ?? "";
  const rows = mark.layer === "date" ? dateRows(mark, doc) : mark.layer === "quantity" ? quantityRows(mark, doc) : [];
  return h("section", {}, h("header", {}, pill, h("h3", {}, value)), h("dl", {}, row("written", words), rows), factLinks(mark, view));
}

function entityCard(mark, view, pill, words) {
  const { doc } = view;
  const mentions = doc.entities.filter(other => other.layer === mark.layer && other.name === mark.name);
  const at = mentions.indexOf(mark);
  const step = by => view.open(mentions[(at + by + mentions.length) % mentions.length]);
  const roles = rolesOf(doc, mark.name);
  const walk = mentions.length > 1 && h("span", { class: "walk" },
    h("button", { onclick: () => step(-1), "aria-label": "Previous mention" }, "‹"), `${at + 1} of ${mentions.length}`,
    h("button", { onclick: () => step(1), "aria-label": "Next mention" }, "›"));
  const others = isCollection ? collection().thing(mark.layer, mark.name)?.docs.length - 1 : 0;
  return h("section", {},
    h("header", {}, pill, h("h3", {}, mark.name)),
    roles.map(role => h("p", { class: "role" }, role)),
    h("dl", {},
      words !== mark.name && row("written", words),
      row("mention", walk || "the only one here"),
      row("used as", mark.use),
      row("known by", mark.evidence.join(", ")),
      row("entry", mark.gazetteer),
      mark.score && mark.score !== "1" && row("score", mark.score)),
    factLinks(mark, view),
    others > 0 && h("a", { class: "more", href: nameLink(mark.layer, mark.name) }, `In ${plural(others, "more article")} →`));
}

function dateRows(date, doc) {
  const single = date.from && date.from === date.to;
  return [
    row("value", h("code", {}, date.value + (date.mod ? " " + date.mod : "") + (date.freq ? " " + date.freq : ""))),
    single && row("weekday", weekday(date.from)),
    date.from && !single && row("days", `${day(date.from)} to ${day(date.to || date.from)}`),
    row("calendar", date.calendar),
    doc.reference && row("counted from", day(doc.reference)),
  ];
}

function quantityRows(q, doc) {
  return [
    q.item && row("of", line(doc, q.item)), row("per", q.per), row("kind", q.kind),
    q.modifier !== "exact" && row("meant as", q.modifier.replace("_", " ")),
    number(q.low) !== q.low && row("digits", q.low === q.high ? group(q.low) : `${group(q.low)} – ${group(q.high)}`),
  ];
}

function statementCard(fact, view) {
  const { doc } = view;
  const speaker = fact.speaker ? slotName(doc, fact.speaker) : "Nobody named";
  const link = slot => slot && slotButton(slot, view);
  return h("section", {},
    h("header", {}, h("span", { class: "pill statement" }, fact.quoted ? "quotation" : "indirect speech"), h("h3", {}, speaker)),
    fact.speaker && rolesOf(doc, speaker).map(role => h("p", { class: "role" }, role)),
    h("blockquote", { class: "excerpt", lang: "id" }, shorten(line(doc, fact.content), 240)),
    h("dl", {}, row("cue", link(fact.cue)), row("outlet", link(fact.outlet)), row("said on", link(fact.time)),
      row("speaker", link(fact.speaker))));
}

/** The facts of a mark, each a button that shows it in the text. */
function factLinks(mark, view) {
  if (!mark.facts.length) return null;
  return h("ul", { class: "facts" }, mark.facts.slice(0, 8).map(fact => h("li", {},
    h("button", {
      onclick: () => view.reveal(mainSlot(fact)), onmouseenter: () => view.highlight(fact), onfocus: () => view.highlight(fact),
    }, h("span", { class: "kind" }, fact.kind), factLine(view.doc, fact)))));
}

/** A fact in one line. */
function factLine(doc, fact) {
  const words = name => fact[name] ? slotName(doc, fact[name]) : "";
  if (fact.kind === "figure") {
    const q = fact.quantity?.target;
    const item = q?.item ? line(doc, q.item) : "";
    return [q ? quantityValue(q) : words("quantity"), item, words("negation"), words("action"), words("place")].filter(Boolean).join(" · ");
  }
  if (fact.kind === "role") return [words("title"), words("affiliation"), words("person")].filter(Boolean).join(" · ");
  if (fact.kind === "statement") return `${words("speaker") || "?"}: ${shorten(line(doc, fact.content ?? { start: 0, end: 0 }), 70)}`;
  if (fact.kind === "event") {
    return [words("subject"), words("negation"), words("action"), words("object"), fact.relation, words("time")].filter(Boolean).join(" ");
  }
  return fact.slots.map(slot => `${slot.name}: ${shorten(line(doc, slot), 40)}`).join(" · ");
}

function rolesOf(doc, name) {
  const roles = doc.facts.filter(fact => fact.kind === "role" && fact.person && slotName(doc, fact.person) === name)
    .map(fact => roleLine(doc, fact));
  return [...new Set(roles)];
}

function roleLine(doc, fact) {
  const affiliation = fact.affiliation ? ", " + slotName(doc, fact.affiliation) : "";
  return (fact.title ? line(doc, fact.title) : "") + affiliation + (fact.former ? " (former)" : "");
}
