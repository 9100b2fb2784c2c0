// What changed between two runs.

const DIFF_SIGN = { removed: "−", added: "+", changed: "~" };

function diffPage() {
  const { names, layers, entries, same } = data.diff;
  const kinds = new Set(["removed", "added", "changed"]);
  const list = h("div", {});
  const refresh = () => {
    const shown = entries.filter(entry => entry.note || entry.c.some(change => kinds.has(change[0])));
    list.replaceChildren(lazyList(h("ol", { class: "diffs" }), shown, entry => diffEntry(entry, kinds), 20));
  };
  const toggle = kind => h("button", {
    class: `switch ${kind}`, "aria-pressed": "true",
    onclick: event => {
      if (!kinds.delete(kind)) kinds.add(kind);
      event.currentTarget.setAttribute("aria-pressed", String(kinds.has(kind)));
      refresh();
    },
  }, `${DIFF_SIGN[kind]} ${kind}`);
  refresh();
  return h("main", { class: "page", id: "main" },
    h("header", { class: "title" }, h("h1", {}, "What changed"),
      h("p", { class: "byline" }, names[0], " → ", names[1], ` · ${plural(entries.length, "document")} of ${group(entries.length + same)} differ`)),
    h("table", { class: "layers" },
      h("thead", {}, h("tr", {}, ["layer", "same", "removed", "added", "changed"].map(title => h("th", { scope: "col" }, title)))),
      h("tbody", {}, layers.filter(([, ...counts]) => counts.some(count => count)).map(([name, ...counts]) => h("tr", {}, h("th", { scope: "row" }, name),
        counts.map((count, i) => h("td", { class: ["", "removed", "added", "changed"][i] }, count ? group(count) : "·")))))),
    h("div", { class: "filters" }, ["removed", "added", "changed"].map(toggle)), list);
}

function diffEntry(entry, kinds) {
  const doc = documentAt(entry.d);
  const changes = entry.c.filter(change => kinds.has(change[0]));
  return h("li", { class: "block" },
    h("h2", {}, doc.title, h("small", {}, " " + doc.id)),
    entry.note && h("p", { class: "note" }, entry.note),
    lazyList(h("ul", { class: "changes" }), changes, ([kind, layer, start, length, words, before, after]) => h("li", { class: kind },
      h("span", { class: "sign", "aria-label": kind }, DIFF_SIGN[kind]), h("span", { class: "layer" }, layer),
      h("span", { class: "words", lang: "id" }, shorten(words, 90)),
      h("span", { class: "values" }, before && h("del", {}, before), after && h("ins", {}, after)),
      !entry.other && h("p", { class: "context", lang: "id" }, excerpt(doc, { start, end: start + length }, 60))), 60));
}
