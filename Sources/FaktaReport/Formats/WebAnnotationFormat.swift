/// W3C Web Annotations: one `AnnotationPage` in JSON-LD per line.
///
/// Every entity, date, quantity and fact is an annotation whose targets have a `TextPositionSelector` (code points)
/// and a `TextQuoteSelector`.
package struct WebAnnotationFormat: DocumentFormat {
  package init() {}

  package func wrote(_ head: [UInt8]) -> Bool {
    head.starts(with: "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:fakta:".utf8)
  }

  package func append(_ document: ReportDocument, to out: inout String) {
    let source = "urn:fakta:" + Self.encoded(document.id)
    var items: [String] = []
    func add(_ id: String, _ spans: [(name: String?, span: ReportSpan)], _ bodies: [(purpose: String, value: String)]) {
      let body = bodies.map {
        "{\"type\":\"TextualBody\",\"purpose\":\"\($0.purpose)\",\"value\":\($0.value.json)}"
      }
      let targets = spans.map { target(source, $0.span, $0.name, document) }
      let name = "\(source)#\(id)"
      var item = "{\"id\":\(name.json),\"type\":\"Annotation\",\"body\":[\(body.joined(separator: ","))],\"target\":"
      item += targets.count == 1 ? targets[0] : "[\(targets.joined(separator: ","))]"
      items.append(item + "}")
    }
    for entity in document.entities {
      add(
        entity.id, [(nil, entity.span)], [("tagging", entity.label), ("identifying", entity.gazetteer ?? entity.name)])
    }
    for date in document.dates {
      add(date.id, [(nil, date.span)], [("tagging", date.type), ("describing", date.value)])
    }
    for quantity in document.quantities {
      let value = quantity.isRange ? "\(quantity.low)..\(quantity.high)" : quantity.low
      add(
        quantity.id, [(nil, quantity.span)],
        [
          ("tagging", quantity.kind),
          ("describing", ([value] + [quantity.unit].compactMap { $0 }).joined(separator: " ")),
        ])
    }
    for fact in document.facts {
      add(fact.id, fact.slots.map { ($0.name, $0.span) }, [("tagging", fact.kind)])
    }
    out += "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\(source.json),\"type\":\"AnnotationPage\","
    out += "\"items\":[\(items.joined(separator: ","))]}\n"
  }

  private func target(_ source: String, _ span: ReportSpan, _ name: String?, _ document: ReportDocument) -> String {
    let before = document.text(ReportSpan(max(0, span.start - 20), span.start))
    let behind = document.text(ReportSpan(span.end, min(document.scalars.count, span.end + 20)))
    var out = "{\"source\":\(source.json),"
    if let name { out += "\"scope\":\("urn:fakta:slot:\(name)".json)," }
    out += "\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":\(span.start),\"end\":\(span.end)},"
    out += "{\"type\":\"TextQuoteSelector\",\"exact\":\(document.text(span).json),"
    out += "\"prefix\":\(before.json),\"suffix\":\(behind.json)}]}"
    return out
  }

  /// The id as a part of a URN: all but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
  static func encoded(_ id: String) -> String {
    var out = ""
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return out
  }
}
