/// What changed between two runs over the same articles, after a list or a rule was edited.
///
/// Annotations are paired by their span (facts by kind and main span); a pair with other values is a change, the rest
/// was removed or added. Documents are paired by id. Layers that `--layers` left out of one of them are not compared.
package struct Comparison: Sendable {
  package enum Layer: String, Sendable, CaseIterable {
    case regions, entities, dates, quantities, figures, roles, statements, events, other

    /// Whether the document was written with this layer.
    func isIn(_ document: ReportDocument) -> Bool {
      let name = [.regions, .entities, .dates, .quantities].contains(self) ? rawValue : "facts"
      return document.layers?.contains(name) ?? true
    }
  }

  package struct Change: Sendable, Equatable {
    package enum Kind: String, Sendable { case removed, added, changed }
    package var kind: Kind
    package var layer: Layer
    package var span: ReportSpan
    /// The words it stands on.
    package var words: String
    /// The values before and after; empty where there is nothing.
    package var before: String
    package var after: String
  }

  package struct Entry: Sendable {
    package var id: String
    package var old: ReportDocument?
    package var new: ReportDocument?
    package var changes: [Change]
    /// Annotations that are the same in both.
    package var unchanged: [Layer: Int]
    /// The raw text itself is another one: spans cannot be compared.
    package var textDiffers: Bool

    /// Whether there is anything to tell: a change, another text, or a document that only one run has.
    package var differs: Bool { old == nil || new == nil || textDiffers || !changes.isEmpty }

    package var document: ReportDocument { new ?? old ?? ReportDocument() }
  }

  /// In the order of the new run; documents that are gone come last.
  package var entries: [Entry] = []

  package init(_ old: [ReportDocument], _ new: [ReportDocument]) {
    var rest: [String: [Int]] = [:]
    for (i, document) in old.enumerated().reversed() { rest[document.id, default: []].append(i) }
    for document in new {
      let before = rest[document.id]?.popLast().map { old[$0] }
      entries.append(Self.entry(before, document))
    }
    for i in rest.values.flatMap({ $0 }).sorted() { entries.append(Self.entry(old[i], nil)) }
  }

  /// How many changes of a kind a layer has, over all documents.
  package func count(_ kind: Change.Kind, _ layer: Layer) -> Int {
    entries.reduce(0) { $0 + $1.changes.count { $0.kind == kind && $0.layer == layer } }
  }

  package func unchanged(_ layer: Layer) -> Int { entries.reduce(0) { $0 + ($1.unchanged[layer] ?? 0) } }

  private static func entry(_ old: ReportDocument?, _ new: ReportDocument?) -> Entry {
    var entry = Entry(id: (new ?? old)!.id, old: old, new: new, changes: [], unchanged: [:], textDiffers: false)
    guard let old, let new else { return entry }
    entry.textDiffers = old.hasText && new.hasText && old.scalars != new.scalars
    let before = items(of: old)
    let after = items(of: new)
    // What was not written is neither removed nor added.
    for layer in Layer.allCases where layer.isIn(old) && layer.isIn(new) {
      compare(before[layer] ?? [], after[layer] ?? [], layer: layer, old: old, new: new, into: &entry)
    }
    entry.changes.sort {
      ($0.span.start, $0.span.end, $0.layer.rawValue) < ($1.span.start, $1.span.end, $1.layer.rawValue)
    }
    return entry
  }

  private struct Item: Equatable {
    var span: ReportSpan
    var value: String
  }

  private static func compare(
    _ old: [Item], _ new: [Item], layer: Layer, old oldDocument: ReportDocument, new newDocument: ReportDocument,
    into entry: inout Entry
  ) {
    var rest: [ReportSpan: [String]] = [:]
    for item in old { rest[item.span, default: []].append(item.value) }
    var unpaired: [Item] = []
    for item in new {
      if let same = rest[item.span]?.firstIndex(of: item.value) {
        rest[item.span]!.remove(at: same)
        entry.unchanged[layer, default: 0] += 1
      } else {
        unpaired.append(item)
      }
    }
    for item in unpaired {
      let words = newDocument.line(item.span)
      if let before = rest[item.span]?.first {
        rest[item.span]!.removeFirst()
        entry.changes.append(
          Change(kind: .changed, layer: layer, span: item.span, words: words, before: before, after: item.value))
      } else {
        entry.changes.append(
          Change(kind: .added, layer: layer, span: item.span, words: words, before: "", after: item.value))
      }
    }
    for item in old {
      guard let left = rest[item.span]?.firstIndex(of: item.value) else { continue }
      rest[item.span]!.remove(at: left)
      entry.changes.append(
        Change(
          kind: .removed, layer: layer, span: item.span, words: oldDocument.line(item.span), before: item.value,
          after: ""))
    }
  }

  /// What each layer says, as lines for people; evidence and scores are left out: they say why, not what.
  private static func items(of document: ReportDocument) -> [Layer: [Item]] {
    var items: [Layer: [Item]] = [:]
    items[.regions] = document.regions.map { Item(span: $0.span, value: $0.kind) }
    items[.entities] = document.entities.map { entity in
      let words = document.line(entity.span)
      let name = entity.name == words ? "" : " = " + entity.name
      return Item(span: entity.span, value: entity.label + name + (entity.use.map { ", " + $0 } ?? ""))
    }
    items[.dates] = document.dates.map { date in
      let mod = date.mod.map { " " + $0 } ?? ""
      let freq = date.freq.map { " " + $0 } ?? ""
      let days = date.from.map { " [" + $0 + " – " + (date.to ?? $0) + "]" } ?? ""
      return Item(span: date.span, value: date.type + " " + date.value + mod + freq + days)
    }
    items[.quantities] = document.quantities.map { quantity in
      let item = quantity.item.map { " of " + document.line($0) } ?? ""
      let head = quantity.head.map { " (" + $0 + ")" } ?? ""
      return Item(span: quantity.span, value: quantity.kind + " " + FigureFormat.value(of: quantity) + item + head)
    }
    for fact in document.facts {
      let (layer, main) = layer(of: fact)
      let mainSpan = fact[main]?.span ?? fact.slots.first?.span ?? ReportSpan()
      var parts = fact.slots.filter { $0.name != main }.sorted { $0.name < $1.name }
        .map { $0.name + "=" + document.line($0.span) }
      if fact.isQuoted { parts.append("quoted") }
      if fact.isFormer { parts.append("former") }
      if let relation = fact.relation { parts.append(relation) }
      if layer == .other { parts.insert(fact.kind, at: 0) }
      items[layer, default: []].append(Item(span: mainSpan, value: parts.joined(separator: ", ")))
    }
    return items
  }

  private static func layer(of fact: ReportDocument.Fact) -> (Layer, main: String) {
    switch fact.kind {
    case "figure": (.figures, "quantity")
    case "role": (.roles, "title")
    case "statement": (.statements, "content")
    case "event": (.events, "action")
    default: (.other, "")
    }
  }
}
