// The days that an article names, earliest first, along a line drawn as SVG.

const STEP = 46;

function timelinePanel(view) {
  const { doc } = view;
  const seen = new Set();
  const dates = doc.dates.filter(date => date.from && !seen.has(date.from + date.to + date.value) && seen.add(date.from + date.to + date.value))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.value < b.value ? -1 : a.value > b.value ? 1 : a.start - b.start));
  if (!dates.length) return null;
  const shown = dates.slice(0, 60);
  return panel("timeline", "Timeline", dates.length, timeline(shown, view),
    shown.length < dates.length && h("p", { class: "note" }, `and ${plural(dates.length - shown.length, "later date")}`));
}

function timeline(dates, view) {
  const { doc } = view;
  const rows = [];
  let y = 14;
  let last = null;
  for (const date of dates) {
    const apart = last ? dayNumber(date.from) - dayNumber(last) : 0;
    if (apart >= 14) y += 20;
    rows.push({ date, y, apart });
    y += STEP;
    last = date.to && date.to > date.from ? date.to : date.from;
  }
  const picture = svg("svg", {
    class: "timeline", width: "100%", height: y, role: "group",
    "aria-label": `Timeline of ${plural(dates.length, "date")}, from ${days(dates[0])} to ${days(dates.at(-1))}`,
  });
  rows.forEach(({ y, apart }, i) => {
    if (!i) return;
    const isGap = apart >= 14;
    picture.append(svg("line", { class: isGap ? "rail gap" : "rail", x1: 12, x2: 12, y1: rows[i - 1].y, y2: y }));
    if (isGap) picture.append(svg("text", { class: "between", x: 28, y: y - STEP / 2 + 6 }, gap(apart) + " later"));
  });
  for (const { date, y } of rows) picture.append(timelineRow(date, y, view));
  if (doc.reference) {
    const at = rows.find(({ date }) => date.from === doc.reference && date.to === doc.reference);
    if (at) picture.append(svg("circle", { class: "today", cx: 12, cy: at.y, r: 10 }));
  }
  return picture;
}

function timelineRow(date, y, view) {
  const { doc } = view;
  const isPoint = !date.to || date.from === date.to;
  const sentence = sentenceAround(doc, date);
  let start = Math.max(sentence.start, Math.min(date.start - 28, sentence.end - 54));
  if (start > sentence.start) start = Math.min(date.start, doc.text.indexOf(" ", start) + 1 || date.start);
  const words = (start > sentence.start ? "… " : "") + line(doc, { start, end: sentence.end });
  const group = svg("g", { "aria-label": `${days(date)}: ${shorten(line(doc, sentence), 120)}` },
    svg("rect", { class: "touch", x: 0, y: y - 14, width: "100%", height: STEP - 4, rx: 6 }),
    isPoint
      ? svg("circle", { class: "dot", cx: 12, cy: y, r: 5 })
      : svg("rect", { class: "dot", x: 7, y: y - 8, width: 10, height: 16, rx: 5 }),
    svg("text", { class: "day", x: 28, y: y + 4 }, days(date)),
    svg("text", { class: "snippet", x: 28, y: y + 21 }, shorten(words, 54)));
  return pressable(group, () => view.open(date));
}
