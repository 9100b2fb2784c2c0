import Fakta

/// Stand-off annotation for brat: the text of a document and its `.ann` file.
///
///     T1	LOC 63 68	Rusia
///     #1	AnnotatorNotes T1	Rusia country:ru
///     T7	Figure 90 93	448
///     E1	Figure:T7 actor:T1 action:T8
///
/// Entities, dates and quantities are text-bound annotations, facts are events. A span over a line break is cut
/// there into fragments, as brat wants it.
package struct BratFormat {
  package init() {}

  /// Returns the `.ann` file of `document`; its offsets are code points of the text.
  package func annotations(of document: ReportDocument) -> String {
    var out = ""
    var count = 0
    var notes = 0
    var names: [String: String] = [:]
    func textBound(_ type: String, _ span: ReportSpan) -> String? {
      let fragments = fragments(of: span, document)
      guard !fragments.isEmpty else { return nil }
      count += 1
      let places = fragments.map { "\($0.start) \($0.end)" }.joined(separator: ";")
      out += "T\(count)\t\(type) \(places)\t\(fragments.map(document.text).joined(separator: " "))\n"
      return "T\(count)"
    }
    func note(_ target: String, _ text: String) {
      notes += 1
      out +=
        "#\(notes)\tAnnotatorNotes \(target)\t\(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))\n"
    }
    for entity in document.entities {
      guard let name = textBound(entity.label, entity.span) else { continue }
      names[entity.id] = name
      note(name, ([entity.name] + [entity.gazetteer].compactMap { $0 }).joined(separator: " "))
    }
    for date in document.dates {
      guard let name = textBound(date.type, date.span) else { continue }
      names[date.id] = name
      note(name, date.value)
    }
    for quantity in document.quantities {
      guard let name = textBound("Quantity", quantity.span) else { continue }
      names[quantity.id] = name
      let value = quantity.isRange ? "\(quantity.low)..\(quantity.high)" : quantity.low
      note(name, [quantity.kind, quantity.modifier, value, quantity.unit ?? ""].joined(separator: " "))
    }
    for (index, fact) in document.facts.enumerated() {
      guard let first = fact.slots.first, let trigger = textBound(Self.typeName(fact.kind), first.span) else {
        continue
      }
      var line = "\(Self.typeName(fact.kind)):\(trigger)"
      for slot in fact.slots.dropFirst() {
        let id: String? =
          switch slot.reference {
          case .entity(let i): document.entities[i].id
          case .date(let i): document.dates[i].id
          case .quantity(let i): document.quantities[i].id
          case .none: nil
          }
        if let name = id.flatMap({ names[$0] }) ?? textBound(Self.typeName(slot.name), slot.span) {
          line += " \(slot.name):\(name)"
        }
      }
      out += "E\(index + 1)\t\(line)\n"
    }
    return out
  }

  /// The parts of a span on its lines, without white space at their ends.
  private func fragments(of span: ReportSpan, _ document: ReportDocument) -> [ReportSpan] {
    var found: [ReportSpan] = []
    var start = span.start
    for at in span.start...span.end {
      guard at == span.end || document.scalars[at] == "\n" || document.scalars[at] == "\r" else { continue }
      var part = ReportSpan(start, at)
      while part.start < part.end, document.scalars[part.start].properties.isWhitespace { part.start += 1 }
      while part.start < part.end, document.scalars[part.end - 1].properties.isWhitespace { part.end -= 1 }
      if part.start < part.end { found.append(part) }
      start = at + 1
    }
    return found
  }

  /// A name with a capital letter and nothing that brat does not take.
  private static func typeName(_ name: String) -> String {
    let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return String(safe.prefix(1)).uppercased() + String(safe.dropFirst())
  }

  /// A file name for an id: different ids have different names.
  package static func fileName(for id: String) -> String {
    let name = WebAnnotationFormat.encoded(id)
    guard name.utf8.count > 200 || name.hasPrefix(".") || name.isEmpty else { return name }
    return "\(name.drop { $0 == "." }.prefix(180))-\(String(FNV.sum(of: id), radix: 16))"
  }
}
