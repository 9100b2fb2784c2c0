// Charts of a collection: bars for counts, points for figures over time.

/** Horizontal bars: `[{ label, count, layer, action }]`. */
function barChart(title, rows) {
  const height = 26;
  const most = Math.max(...rows.map(row => row.count), 1);
  const picture = svg("svg", { class: "bars", width: "100%", height: rows.length * height, role: "group", "aria-label": title });
  rows.forEach((row, i) => {
    const y = i * height;
    picture.append(pressable(svg("g", { "aria-label": `${row.label}: ${row.count}` },
      svg("rect", { class: "touch", x: 0, y, width: "100%", height: height - 2, rx: 4 }),
      svg("rect", { class: `bar ${row.layer}`, x: 0, y: y + 2, width: `${Math.max(1, row.count / most * 86)}%`, height: height - 6, rx: 3 }),
      svg("text", { x: 8, y: y + 16 }, shorten(row.label, 34)),
      svg("text", { class: "value", x: "100%", y: y + 16, "text-anchor": "end" }, group(row.count))), row.action));
  });
  return picture;
}

/** Points over days: `[{ day, low, high, label, action }]`; the scale is logarithmic where values lie far apart. */
function pointChart(title, points) {
  const width = Math.max(320, Math.min(1110, innerWidth - 70));
  const [height, left, bottom, top] = [250, 56, 26, 12];
  const picture = svg("svg", { class: "points", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title });
  const values = points.flatMap(point => [point.low, point.high]);
  let [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && most / least > 50;
  const scale = isLog ? value => Math.log10(value) : value => value;
  if (!isLog) least = Math.min(0, least);
  if (least === most) most = least + 1;
  let [first, last] = [Math.min(...points.map(p => p.day)), Math.max(...points.map(p => p.day))];
  if (first === last) [first, last] = [first - 1, last + 1];
  const x = day => left + 10 + (day - first) / (last - first) * (width - left - 24);
  const y = value => height - bottom - (scale(value) - scale(least)) / (scale(most) - scale(least)) * (height - bottom - top);
  for (const tick of ticks(least, most, isLog)) {
    picture.append(svg("line", { class: "grid", x1: left, x2: width - 8, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, compact(tick)));
  }
  for (const at of last - first >= 2 ? [first, (first + last) / 2, last] : [first, last]) {
    const anchor = at === first ? "start" : at === last ? "end" : "middle";
    picture.append(svg("text", { class: "tick", x: x(at), y: height - 6, "text-anchor": anchor },
      day(new Date(Math.round(at) * 86400000).toISOString().slice(0, 10))));
  }
  for (const point of points) {
    const mark = point.low === point.high
      ? svg("circle", { class: "point", cx: x(point.day), cy: y(point.low), r: 5 })
      : svg("line", { class: "point range", x1: x(point.day), x2: x(point.day), y1: y(point.low), y2: y(point.high) });
    picture.append(pressable(svg("g", { "aria-label": point.label }, svg("title", {}, point.label), mark), point.action));
  }
  return picture;
}

function ticks(least, most, isLog) {
  if (isLog) {
    const list = [];
    const [from, to] = [Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(most) + 1e-9)];
    const step = Math.max(1, Math.ceil((to - from) / 5));
    for (let power = from; power <= to; power += step) list.push(10 ** power);
    return list;
  }
  const rough = (most - least) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * size).find(candidate => candidate >= rough);
  const list = [];
  for (let tick = Math.ceil(least / step) * step; tick <= most + step / 1e6; tick += step) list.push(tick);
  return list;
}

function compact(value) {
  for (const [size, name] of [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]]) {
    if (Math.abs(value) >= size) return `${Math.round(value / size * 100) / 100}${name}`;
  }
  return `${Math.round(value * 1000) / 1000}`;
}
