// The article with its marks. Long articles are put on the page piece by piece, as they come into sight.

const PIECE = 4000; // characters
const CUTOFF = 300; // marks per batch

/** One article on the page. */
class ArticleView {
  constructor(doc, openCard) {
    this.doc = doc;
    this.openCard = openCard;
    this.marks = topMarks(doc);
    this.statements = doc.facts.filter(fact => fact.kind === "statement" && fact.content && fact.content.end > fact.content.start)
      .sort((a, b) => a.content.start - b.content.start);
    this.noise = doc.regions.filter(region => ["boilerplate", "caption", "byline"].includes(region.kind));
    this.titles = doc.regions.filter(region => region.kind === "title");
    this.nodes = []; // [offset, text node], in order
    this.elements = new Map(); // mark -> element
    this.pieces = pieces(doc.text, this.marks);
    this.next = { piece: 0, mark: 0, statement: 0, noise: 0 };
    this.current = null;
    this.element = h("div", {
      class: "text", lang: "id", role: "group", "aria-label": "Article text; arrow keys move from mark to mark",
      onkeydown: event => this.onKey(event), onclick: event => this.onClick(event),
      onpointerover: event => tip.show(event), onpointerout: () => tip.hide(),
    });
    this.sentinel = h("div", { class: "sentinel" });
    this.element.append(this.sentinel);
    this.renderBatch();
    this.observer = whenSeen(this.sentinel, () => this.renderBatch(), "1500px");
    if (!this.isComplete) this.observer.observe(this.sentinel);
  }

  get isComplete() {
    return this.next.piece >= this.pieces.length;
  }

  renderBatch() {
    let rendered = 0;
    const first = this.next.piece;
    while (!this.isComplete && rendered < CUTOFF && this.next.piece - first < 12) {
      rendered += 1 + this.renderPiece(this.pieces[this.next.piece++]);
    }
    if (!this.isComplete) return;
    this.observer?.disconnect();
    this.sentinel.remove();
  }

  /** Renders a run of text; returns how many marks it has. */
  renderPiece(piece) {
    if (piece.opens || !this.paragraph) {
      this.paragraph = h("p", { dir: "auto" });
      if (this.sentinel.isConnected || this.sentinel.parentNode) this.sentinel.before(this.paragraph);
      else this.element.append(this.paragraph);
      this.label = { end: -1000, speaker: "" };
    }
    let at = piece.start;
    let count = 0;
    while (at < piece.end) {
      const mark = this.marks[this.next.mark];
      const end = Math.min(piece.end, mark && mark.start < piece.end ? mark.start : piece.end);
      if (at < end) this.renderPlain(at, end);
      at = end;
      if (mark && mark.start === at && at < piece.end) {
        this.renderMark(mark);
        at = mark.end;
        this.next.mark++;
        count++;
      }
    }
    return count;
  }

  /** Text between marks, cut where a statement or noise begins or ends. */
  renderPlain(start, end) {
    let at = start;
    while (at < end) {
      const cover = this.cover(at);
      const stop = Math.min(end, cover.until);
      const node = document.createTextNode(this.doc.text.slice(at, stop));
      this.nodes.push([at, node]);
      this.paragraph.append(cover.classes ? this.covered(cover, at, node) : node);
      at = stop;
    }
  }

  renderMark(mark) {
    const node = document.createTextNode(this.doc.text.slice(mark.start, mark.end));
    this.nodes.push([mark.start, node]);
    const cover = this.cover(mark.start);
    const element = h("span", {
      class: `mark ${mark.layer}`,
      role: "button", tabindex: this.current ? "-1" : "0", "aria-haspopup": "dialog", "aria-description": describe(mark),
    }, node);
    this.current ??= mark;
    element.fakta = mark;
    this.elements.set(mark, element);
    this.paragraph.append(cover.classes ? this.covered(cover, mark.start, element) : element);
  }

  covered(cover, at, child) {
    const wrapper = h("span", { class: cover.classes }, child);
    if (cover.statement) {
      wrapper.fakta = cover.statement;
      if (cover.statement.content.start === at) this.putSpeaker(wrapper, cover.statement, at);
    }
    return wrapper;
  }

  /** Names the speaker in the margin, unless the last note is too near or the same. */
  putSpeaker(wrapper, statement, at) {
    const speaker = statement.speaker ? slotName(this.doc, statement.speaker) : "";
    if (!speaker || at - this.label.end < 150 || speaker === this.label.speaker) return;
    wrapper.setAttribute("data-speaker", shorten(speaker, 40));
    this.label = { end: at, speaker };
  }

  /** What lies over a position, and as far as where that stays so. Positions must come in order. */
  cover(at) {
    const { doc, next } = this;
    let until = doc.text.length;
    let classes = "";
    while (next.noise < this.noise.length && this.noise[next.noise].end <= at) next.noise++;
    const noise = this.noise[next.noise];
    if (noise) {
      if (noise.start <= at) classes = "noise " + noise.kind;
      until = Math.min(until, noise.start <= at ? noise.end : noise.start);
    }
    while (next.statement < this.statements.length && this.statements[next.statement].content.end <= at) next.statement++;
    const statement = this.statements[next.statement];
    let spoken = null;
    if (statement) {
      const { start, end } = statement.content;
      if (start <= at) {
        spoken = statement;
        classes += statement.quoted ? " statement quoted" : " statement";
      }
      until = Math.min(until, start <= at ? end : start);
    }
    if (this.titles.some(title => title.start <= at && at < title.end)) classes += " headline";
    return { until: Math.max(until, at + 1), classes: classes.trim(), statement: spoken };
  }

  /** The part of the page that shows a span, as a DOM range. */
  range(span) {
    this.renderTo(span.end);
    const range = new Range();
    const [startNode, startOffset] = this.place(span.start, false);
    const [endNode, endOffset] = this.place(span.end, true);
    if (!startNode || !endNode) return null;
    range.setStart(startNode, startOffset);
    range.setEnd(endNode, endOffset);
    return range;
  }

  renderTo(offset) {
    while (!this.isComplete && (this.pieces[this.next.piece - 1]?.end ?? 0) < offset) this.renderBatch();
  }

  place(offset, isEnd) {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isEnd ? this.nodes[middle][0] < offset : this.nodes[middle][0] <= offset) low = middle + 1;
      else high = middle;
    }
    const entry = this.nodes[low - 1];
    return entry ? [entry[1], Math.min(offset - entry[0], entry[1].length)] : [null, 0];
  }

  /** Highlights the spans of a fact, its main one stronger. */
  highlight(fact) {
    if (!fact || !window.Highlight) return CSS.highlights?.clear();
    const main = mainSlot(fact);
    const ranges = slots => slots.map(slot => slot.end > slot.start && this.range(slot)).filter(Boolean);
    CSS.highlights.set("fact-slot", new Highlight(...ranges(fact.slots.filter(slot => slot !== main))));
    CSS.highlights.set("fact-main", new Highlight(...ranges(main ? [main] : [])));
  }

  /** Highlights all mentions of the thing that a mark mentions. */
  highlightMentions(mark) {
    if (!window.Highlight) return;
    const mentions = this.marks.filter(other => this.elements.has(other) && other.layer === mark.layer && other.name === mark.name);
    CSS.highlights.set("same", new Highlight(...mentions.slice(0, 500).map(other => this.range(other)).filter(Boolean)));
  }

  /** Brings a span into sight and lets it flash. */
  reveal(span) {
    const range = span && this.range(span);
    if (!range) return;
    const rectangle = range.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollTo({ top: window.scrollY + rectangle.top - innerHeight / 3, behavior: calm ? "auto" : "smooth" });
    if (!window.Highlight) return;
    CSS.highlights.set("flash", new Highlight(range));
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => CSS.highlights.delete("flash"), 1600);
  }

  /** Opens the card of a mark and moves there. */
  open(mark) {
    this.renderTo(mark.end);
    const element = this.elements.get(mark);
    if (!element) return this.reveal(mark);
    this.reveal(mark);
    this.focus(mark);
    this.openCard(mark, element);
  }

  focus(mark) {
    if (this.current) this.elements.get(this.current)?.setAttribute("tabindex", "-1");
    this.current = mark;
    const element = this.elements.get(mark);
    element.setAttribute("tabindex", "0");
    element.focus({ preventScroll: true });
  }

  onClick(event) {
    if (!getSelection().isCollapsed) return; // somebody copies text
    const element = event.target.closest?.(".mark, .statement");
    if (!element?.fakta) return;
    if (element.fakta.layer) this.focus(element.fakta);
    this.openCard(element.fakta, element, event);
  }

  onKey(event) {
    const mark = event.target.fakta;
    if (!mark?.layer) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.openCard(mark, event.target);
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const visible = candidate => this.elements.get(candidate)?.offsetParent;
    let index = this.marks.indexOf(mark);
    if (event.key === "Home") index = 0;
    else if (event.key === "End") index = this.elements.size - 1;
    else if (!step) return;
    else do index += step; while (this.marks[index] && !visible(this.marks[index]) && index < this.elements.size);
    event.preventDefault();
    const target = this.marks[index];
    if (!target || !this.elements.has(target)) return;
    this.focus(target);
    this.elements.get(target).scrollIntoView({ block: "nearest" });
  }
}

/** Names, dates and quantities in text order; of two that overlap the first and longer one, the other is noted with it. */
function topMarks(doc) {
  const all = [...doc.entities, ...doc.dates, ...doc.quantities].filter(mark => mark.end > mark.start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const marks = [];
  let last = null;
  for (const mark of all) {
    if (last && mark.start < last.end) {
      (last.also ??= []).push(mark);
      continue;
    }
    marks.push(mark);
    last = mark;
  }
  return marks;
}

/** Cuts a text into paragraphs, and long paragraphs into runs that end at a space outside of any mark. */
function pieces(text, marks) {
  const result = [];
  let mark = 0;
  const free = at => {
    while (mark < marks.length && marks[mark].end <= at) mark++;
    return !(mark < marks.length && marks[mark].start < at);
  };
  let start = 0;
  while (start < text.length) {
    while (text[start] === "\n" || text[start] === "\r") start++;
    if (start >= text.length) break;
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    while (end < text.length && !free(end)) { // a mark may hold a line break
      end = text.indexOf("\n", end + 1);
      if (end < 0) end = text.length;
    }
    let opens = true;
    while (start < end) {
      let stop = Math.min(end, start + PIECE);
      if (stop < end) {
        const space = text.lastIndexOf(" ", stop);
        if (space > start) stop = space;
        if (!free(stop)) stop = Math.min(end, marks[mark].end);
      }
      result.push({ start, end: stop, opens });
      opens = false;
      start = stop;
    }
  }
  return result;
}

/** One line about a mark, for tooltips and screen readers. */
function describe(mark) {
  if (mark.layer === "date") return `${mark.type.toLowerCase()}: ${days(mark)}`;
  if (mark.layer === "quantity") return `${mark.kind}: ${quantityValue(mark)}`;
  return `${layerName(mark.layer)}: ${mark.name}`;
}

/** The slot that stands for a fact. */
function mainSlot(fact) {
  return fact.quantity ?? fact.content ?? fact.title ?? fact.action ?? fact.slots[0];
}
