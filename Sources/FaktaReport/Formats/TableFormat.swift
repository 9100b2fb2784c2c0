import Fakta

/// One layer as a table: one row per annotation, CSV or tab-separated.
///
///     document,id,label,start,end,text,name,entity,gazetteer,use,score,evidence
///     a1,e1,LOC,63,68,Rusia,Rusia,1,country:ru,actor,0.999,gazetteer:country:ru
///
/// `value` is a number, and empty for a range; `low` and `high` are both ends. Of facts, slots of users' rules that have no column
/// stand in the last one, as `name=text; name=text`.
///
/// Cells are written as they are (`TableCells`): `text` is the article's own, also where a spreadsheet would take it for a
/// formula.
package struct TableFormat: DocumentFormat {
  package enum Table: String, Sendable, CaseIterable { case entities, dates, quantities, facts }

  private let table: Table
  private let style: TableCells.Style
  private let offsets: OffsetUnit

  package init(_ table: Table, style: TableCells.Style, offsets: OffsetUnit = .codepoint) {
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
      [
        "document", "id", "kind", "start", "end", "value", "low", "high", "modifier", "unit", "item", "date",
        "relation", "quoted", "former",
      ] + Self.slots + ["other"]
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
    [document.id, quantity.id, quantity.kind] + Self.amount(quantity) + place(quantity.span) + [
      document.text(quantity.span), quantity.classifier ?? "", quantity.item.map(document.text) ?? "",
      quantity.head ?? "", quantity.per ?? "", quantity.siValue ?? "", quantity.siUnit ?? "",
    ]
  }

  /// The columns `value`, `low`, `high`, `modifier` and `unit`; a range has no value.
  private static func amount(_ quantity: ReportDocument.Quantity?) -> [String] {
    guard let quantity else { return ["", "", "", "", ""] }
    let value = quantity.isRange ? "" : quantity.low
    return [value, quantity.low, quantity.high, quantity.modifier, quantity.unit ?? ""]
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
    let head = [document.id, fact.id, fact.kind] + place(ReportSpan(start, end)) + Self.amount(number)
    return head + [
      number?.item.map(document.text) ?? "", date?.value ?? "", fact.relation ?? "",
      fact.kind == "statement" ? "\(fact.isQuoted)" : "",
      fact.kind == "role" ? "\(fact.isFormer)" : "",
    ] + Self.slots.map { name in fact[name].map { document.text($0.span) } ?? "" } + [
      FactTable.joined(
        fact.slots.filter { !Self.slots.contains($0.name) }.map { ($0.name, document.text($0.span)) })
    ]
  }

  private func append(_ row: [String], to out: inout String) {
    var line: [UInt8] = []
    TableCells.append(row, style, to: &line)
    out += String(decoding: line, as: UTF8.self)
  }
}
