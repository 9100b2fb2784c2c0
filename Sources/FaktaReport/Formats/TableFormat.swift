import Fakta

/// One layer as a table: one row per annotation, CSV or tab-separated.
///
///     document,id,label,start,end,text,name,entity,gazetteer,use,score,evidence
///     a1,e1,LOC,63,68,Rusia,Rusia,1,country:ru,actor,0.999,gazetteer:country:ru
///
/// Of facts, slots of users' rules that have no column stand in the last one, as `name=text; name=text`.
///
/// CSV is quoted as RFC 4180 says. Tab-separated rows stay on one line each: tab, line feed, carriage return and
/// backslash are written `\t`, `\n`, `\r` and `\\`.
package struct TableFormat: DocumentFormat {
  package enum Table: String, Sendable, CaseIterable { case entities, dates, quantities, facts }
  package enum Style: String, Sendable { case csv, tsv }

  private let table: Table
  private let style: Style
  private let offsets: OffsetUnit

  package init(_ table: Table, style: Style, offsets: OffsetUnit = .codepoint) {
    self.table = table
    self.style = style
    self.offsets = offsets
  }

  package var header: String {
    var out = ""
    append(columns, to: &out)
    return out
  }

  /// The slots of facts, in the order of their columns; other slots of users' rules share a column.
  private static let slots = SlotName.builtInNames

  private var columns: [String] {
    switch table {
    case .entities:
      ["document", "id", "label", "start", "end", "text", "name", "entity", "gazetteer", "use", "score", "evidence"]
    case .dates: ["document", "id", "type", "value", "start", "end", "text", "from", "to", "mod", "freq", "calendar"]
    case .quantities:
      [
        "document", "id", "kind", "value", "low", "high", "modifier", "unit", "start", "end", "text", "classifier",
        "item", "head", "per", "si_value", "si_unit",
      ]
    case .facts:
      ["document", "id", "kind", "start", "end", "value", "unit", "date", "relation", "quoted", "former"] + Self.slots
        + ["other"]
    }
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    let map = OffsetMap(document.scalars, unit: offsets)
    func place(_ span: ReportSpan) -> [String] { ["\(map.offset(of: span.start))", "\(map.offset(of: span.end))"] }
    switch table {
    case .entities:
      for entity in document.entities {
        let row = [document.id, entity.id, entity.label] + place(entity.span)
        append(
          row + [
            document.text(entity.span), entity.name, "\(entity.number)", entity.gazetteer ?? "", entity.use ?? "",
            entity.score.map { "\($0)" } ?? "", entity.evidence.joined(separator: " "),
          ], to: &out)
      }
    case .dates:
      for date in document.dates {
        let row = [document.id, date.id, date.type, date.value] + place(date.span) + [document.text(date.span)]
        append(
          row + [date.from ?? "", date.to ?? "", date.mod ?? "", date.freq ?? "", date.calendar ?? ""], to: &out)
      }
    case .quantities:
      for quantity in document.quantities { append(row(quantity, document, place), to: &out) }
    case .facts:
      for fact in document.facts { append(row(fact, document, place), to: &out) }
    }
  }

  private func row(
    _ quantity: ReportDocument.Quantity, _ document: ReportDocument, _ place: (ReportSpan) -> [String]
  ) -> [String] {
    let head = [
      document.id, quantity.id, quantity.kind, quantity.isRange ? "" : quantity.low, quantity.low, quantity.high,
      quantity.modifier, quantity.unit ?? "",
    ]
    return head + place(quantity.span) + [
      document.text(quantity.span), quantity.classifier ?? "", quantity.item.map(document.text) ?? "",
      quantity.head ?? "", quantity.per ?? "", quantity.siValue ?? "", quantity.siUnit ?? "",
    ]
  }

  private func row(
    _ fact: ReportDocument.Fact, _ document: ReportDocument, _ place: (ReportSpan) -> [String]
  ) -> [String] {
    let start = fact.slots.map(\.span.start).min() ?? 0
    let end = fact.slots.map(\.span.end).max() ?? 0
    // What is counted or dated in a fact of a user's kind stands in slots of any name.
    let number = fact.slots.compactMap { slot -> ReportDocument.Quantity? in
      guard case .quantity(let index) = slot.reference, slot.name == "quantity" || fact.isOwn else { return nil }
      return document.quantities[index]
    }.first
    let date = fact.slots.compactMap { slot -> ReportDocument.Date? in
      guard case .date(let index) = slot.reference, slot.name == "time" || fact.isOwn else { return nil }
      return document.dates[index]
    }.first
    let value = number.map { $0.isRange ? "\($0.low)..\($0.high)" : $0.low } ?? ""
    let unit = number.map { $0.unit ?? $0.item.map(document.text) ?? "" } ?? ""
    return [document.id, fact.id, fact.kind] + place(ReportSpan(start, end)) + [
      value, unit, date?.value ?? "", fact.relation ?? "", fact.kind == "statement" ? "\(fact.isQuoted)" : "",
      fact.kind == "role" ? "\(fact.isFormer)" : "",
    ] + Self.slots.map { name in fact[name].map { document.text($0.span) } ?? "" } + [
      FactTable.joined(
        fact.slots.filter { !Self.slots.contains($0.name) }.map { ($0.name, document.text($0.span)) })
    ]
  }

  private func append(_ row: [String], to out: inout String) {
    for (index, field) in row.enumerated() {
      if index > 0 { out += style == .csv ? "," : "\t" }
      if style == .csv { appendQuoted(field, to: &out) } else { appendEscaped(field, to: &out) }
    }
    out += "\n"
  }

  private func appendQuoted(_ field: String, to out: inout String) {
    let isPlain = field.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard !isPlain else {
      out += field
      return
    }
    out += "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    out += "\""
  }

  private func appendEscaped(_ field: String, to out: inout String) {
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\t": out += "\\t"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\\": out += "\\\\"
      default: out.unicodeScalars.append(scalar)
      }
    }
  }
}
