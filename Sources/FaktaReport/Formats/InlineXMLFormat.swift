/// The text with annotations as elements in it: TimeML (dates only), or entities and quantities as well.
///
///     <TimeML><DOCID>a1</DOCID><DCT>…</DCT><TEXT>… <TIMEX3 tid="t1" type="DATE" value="2015-11-09">9 November 2015</TIMEX3>…
///
/// Documents are children of one root element. Characters that XML cannot hold (NUL and other controls) become
/// U+FFFD, so that the text keeps its length; carriage returns are written as `&#13;`. An annotation that crosses
/// another is left out.
package struct InlineXMLFormat: DocumentFormat {
  private let includesAll: Bool

  /// - Parameter timeMLOnly: Only dates, as TimeML has it.
  package init(timeMLOnly: Bool) { includesAll = !timeMLOnly }

  package var header: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<fakta>\n" }
  package var footer: String { "</fakta>\n" }

  private struct Element {
    var span: ReportSpan
    var name: String
    var attributes: [(String, String?)]
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    let elements = nested(elements(of: document))
    out += "<TimeML>\n<DOCID>\(Self.escaped(document.id))</DOCID>\n<DCT>"
    if let date = document.referenceDate {
      out += "<TIMEX3 tid=\"t0\" type=\"DATE\" value=\"\(date)\" functionInDocument=\"CREATION_TIME\">\(date)</TIMEX3>"
    }
    out += "</DCT>\n<TEXT>"
    var open: [Element] = []
    var at = 0
    func text(to end: Int) {
      for scalar in document.scalars[at..<end] { Self.append(scalar, to: &out) }
      at = end
    }
    for element in elements {
      while let last = open.last, last.span.end <= element.span.start {
        text(to: last.span.end)
        out += "</\(last.name)>"
        open.removeLast()
      }
      text(to: element.span.start)
      out += "<\(element.name)"
      for case (let name, let value?) in element.attributes { out += " \(name)=\"\(Self.escaped(value))\"" }
      out += ">"
      open.append(element)
    }
    for element in open.reversed() {
      text(to: element.span.end)
      out += "</\(element.name)>"
    }
    text(to: document.scalars.count)
    out += "</TEXT>\n</TimeML>\n"
  }

  private func elements(of document: ReportDocument) -> [Element] {
    var elements = document.dates.enumerated().map { index, date in
      Element(
        span: date.span, name: "TIMEX3",
        attributes: [
          ("tid", "t\(index + 1)"), ("type", date.type), ("value", date.value), ("mod", date.mod), ("freq", date.freq),
        ])
    }
    guard includesAll else { return elements }
    for entity in document.entities {
      elements.append(
        Element(
          span: entity.span, name: "entity",
          attributes: [
            ("id", entity.id), ("label", entity.label), ("name", entity.name), ("gazetteer", entity.gazetteer),
          ]))
    }
    for quantity in document.quantities {
      elements.append(
        Element(
          span: quantity.span, name: "quantity",
          attributes: [
            ("id", quantity.id), ("kind", quantity.kind), ("low", quantity.low), ("high", quantity.high),
            ("unit", quantity.unit), ("modifier", quantity.modifier),
          ]))
    }
    return elements
  }

  /// The elements in document order, outer ones first, without those that cross an earlier one.
  private func nested(_ elements: [Element]) -> [Element] {
    var ends: [Int] = []
    var kept: [Element] = []
    let sorted = elements.filter { $0.span.start < $0.span.end }
      .sorted { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }
    for element in sorted {
      while let end = ends.last, end <= element.span.start { ends.removeLast() }
      if let end = ends.last, element.span.end > end { continue }
      ends.append(element.span.end)
      kept.append(element)
    }
    return kept
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars { append(scalar, to: &out) }
    return out
  }

  private static func append(_ scalar: Unicode.Scalar, to out: inout String) {
    switch scalar.value {
    case 0x26: out += "&amp;"
    case 0x3C: out += "&lt;"
    case 0x3E: out += "&gt;"
    case 0x22: out += "&quot;"
    case 0x0D: out += "&#13;"
    case 0x09, 0x0A: out.unicodeScalars.append(scalar)
    case 0x00..<0x20, 0xFFFE, 0xFFFF: out += "\u{FFFD}"
    default: out.unicodeScalars.append(scalar)
    }
  }
}
