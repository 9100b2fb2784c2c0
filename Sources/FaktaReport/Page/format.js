// Values for people.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const THIN = "\u202F";
/** The usual symbols of UCUM units. */
const SYMBOLS = new Map([["har", "ha"], ["Cel", "°C"], ["m2", "m²"], ["km2", "km²"], ["cm2", "cm²"], ["m3", "m³"], ["cm3", "cm³"]]);
const SIGNS = { approx: "≈", at_least: "≥", at_most: "≤", more_than: ">", less_than: "<" };

/** Groups by thin spaces: a point or a comma would be read as a fraction by half of the readers. */
function group(value) {
  const [whole, fraction] = String(value).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return fraction ? grouped + "." + fraction : grouped;
}

/** `1.2 trillion` where nothing is lost by it, else all digits. */
function number(text) {
  const value = Number(text);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return text;
  for (const [size, name] of [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]]) {
    if (Math.abs(value) < size) continue;
    const scaled = Math.round(value / size * 1000) / 1000;
    return scaled * size === value ? `${scaled} ${name}` : group(value);
  }
  return /e/i.test(text) ? group(value) : group(text);
}

function quantityValue(q) {
  let value = number(q.low);
  if (q.low !== q.high || q.kind === "score") value += "–" + number(q.high);
  if (q.unit && q.kind === "money") value = q.unit + THIN + value;
  else if (q.unit) value += THIN + (SYMBOLS.get(q.unit) ?? q.unit);
  const sign = SIGNS[q.modifier];
  return sign ? sign + THIN + value : value;
}

/** `9 Nov 2015` */
function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return date && MONTHS[month - 1] ? `${date} ${MONTHS[month - 1]} ${year}` : iso;
}

function weekday(iso) {
  return WEEKDAYS[new Date(iso + "T00:00:00Z").getUTCDay()] ?? "";
}

/** Days of a date: one, or from and to without what they share. */
function days(date) {
  if (!date.from) return date.value;
  if (!date.to || date.from === date.to) return day(date.from) + clock(date);
  const whole = wholePeriod(date.from, date.to);
  if (whole) return whole;
  const [a, b] = [day(date.from).split(" "), day(date.to).split(" ")];
  if (a.length < 3 || b.length < 3) return `${date.from} – ${date.to}`;
  const sameYear = a[2] === b[2];
  const sameMonth = sameYear && a[1] === b[1];
  return `${a.slice(0, sameMonth ? 1 : sameYear ? 2 : 3).join(" ")}–${b.join(" ")}`;
}

const PARTS = new Map(Object.entries({
  MO: "morning", MI: "midday", AF: "afternoon", EV: "evening", NI: "night", DW: "before dawn", DT: "daytime",
}));

/** `, 14:30` or `, night` */
function clock(date) {
  const time = date.type === "TIME" ? date.value.split("T")[1]?.slice(0, 5) : "";
  return time ? ", " + (PARTS.get(time) ?? time) : "";
}

/** `Mar 2011` or `2015` for a whole month or year. */
function wholePeriod(from, to) {
  const [y1, m1, d1] = from.split("-").map(Number);
  const [y2, m2, d2] = to.split("-").map(Number);
  if (d1 !== 1 || d2 !== new Date(Date.UTC(y2, m2, 0)).getUTCDate()) return null;
  if (y1 === y2 && m1 === m2) return `${MONTHS[m1 - 1]} ${y1}`;
  if (m1 === 1 && m2 === 12) return y1 === y2 ? `${y1}` : `${y1}–${y2}`;
  return null;
}

const dayNumber = iso => Date.parse(iso + "T00:00:00Z") / 86400000;

/** `4 years`, `3 weeks`: about how long a gap is. */
function gap(dayCount) {
  if (dayCount >= 730) return `${Math.round(dayCount / 365.25)} years`;
  if (dayCount >= 60) return `${Math.round(dayCount / 30.44)} months`;
  if (dayCount >= 14) return `${Math.round(dayCount / 7)} weeks`;
  return plural(Math.round(dayCount), "day");
}
