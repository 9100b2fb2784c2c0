/// What was found in a document as Markdown: a heading, then a table for each kind of fact, those of users' rules
/// too, and a list of names.
package struct MarkdownFormat: DocumentFormat {
  package init() {}

  private static let tables: [(kind: String, title: String, slots: [String])] = [
    ("figure", "Figures", ["quantity", "action", "actor", "place", "time", "source"]),
    ("role", "Roles", ["person", "title", "affiliation"]),
    ("statement", "Statements", ["speaker", "content", "time"]),
    ("event", "Events", ["subject", "action", "object", "place", "time"]),
  ]

  private static let names: [(label: String, title: String)] = [
    ("PER", "People"), ("ORG", "Organizations"), ("LOC", "Places"),
  ]

  /// By what stands below the headline: articles may begin with one too.
  package func wrote(_ head: [UInt8]) -> Bool {
    let head = String(decoding: head, as: UTF8.self)
    let marks = Self.tables.map { "## \($0.title)\n\n| \($0.slots[0]) |" } + Self.names.map { "**\($0.title):** " }
    return head.hasPrefix("# ") && marks.contains { head.contains("\n\n\($0)") }
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    out += "# \(Self.escaped(document.title))\n\n"
    if document.title != document.id { out += "Document \(Self.escaped(document.id))" }
    if let date = document.referenceDate { out += (document.title != document.id ? ", " : "") + date }
    if !out.hasSuffix("\n") { out += "\n\n" }
    for table in Self.tables {
      let facts = document.facts.filter { $0.kind == table.kind }
      append(facts, title: table.title, slots: table.slots, document, to: &out)
    }
    for kind in OwnKind.kinds(of: document.facts) {
      append(kind.facts, title: Self.escaped(kind.name), slots: kind.slots, document, to: &out)
    }
    appendNames(document, to: &out)
  }

  private func append(
    _ facts: [ReportDocument.Fact], title: String, slots: [String], _ document: ReportDocument, to out: inout String
  ) {
    guard !facts.isEmpty else { return }
    out += "## \(title)\n\n| \(slots.map(Self.escaped).joined(separator: " | ")) |\n"
    out += "|" + String(repeating: " --- |", count: slots.count) + "\n"
    for fact in facts {
      let cells = slots.map { name in
        if name == "action", fact["negation"] != nil { return Self.escaped(document.action(of: fact)) }
        return fact[name].map { cell($0, document) } ?? ""
      }
      out += "| \(cells.joined(separator: " | ")) |\n"
    }
    out += "\n"
  }

  private func cell(_ slot: ReportDocument.Slot, _ document: ReportDocument) -> String {
    let text = Self.escaped(document.line(slot.span))
    if case .quantity(let index) = slot.reference, let item = document.quantities[index].item {
      return "\(text) \(Self.escaped(document.line(item)))"
    }
    if case .date(let index) = slot.reference { return "\(text) (\(document.dates[index].value))" }
    return text
  }

  private func appendNames(_ document: ReportDocument, to out: inout String) {
    for (label, title) in Self.names {
      var seen: Set<String> = []
      let names = document.entities.filter { $0.label == label && seen.insert($0.name).inserted }.map(\.name)
      if !names.isEmpty { out += "**\(title):** \(names.map(Self.escaped).joined(separator: ", "))\n\n" }
    }
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#":
        out += "\\"
        out.unicodeScalars.append(scalar)
      case "\n", "\r", "\t": out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
