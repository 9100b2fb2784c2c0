import Fakta
import Foundation

/// A marked name in a training text, in code points.
struct MarkedName: Hashable {
  var start: Int
  var end: Int
  var label: EntityLabel
}

/// One record of a set: a text and its names.
struct MarkedText {
  var id: String
  var text: String
  var names: [MarkedName]
}

/// A named-entity set: one JSON object per line with `id`, `text` and `entities` (code point offsets).
struct NameSet {
  var name: String
  var records: [MarkedText]

  /// Reads `folder/part.jsonl`; the set is called as its folder.
  init(path: String) throws {
    let url = URL(fileURLWithPath: path)
    name = url.deletingLastPathComponent().lastPathComponent
    records = []
    for (number, line) in try Data(contentsOf: url).split(separator: 10).enumerated() {
      guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any],
        let text = object["text"] as? String,
        let id = object["id"] as? String, let entities = object["entities"] as? [[String: Any]]
      else { throw SetError(description: "\(path):\(number + 1): the line has no id, text and entities") }
      records.append(MarkedText(id: id, text: text, names: Self.names(entities)))
    }
  }

  /// Reads documents that `fakta annotate` wrote: each sentence outside of boilerplate and bylines is a record. Documents that
  /// failed are left out.
  init(annotated path: String) throws {
    name = "annotated"
    records = []
    for (number, line) in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 10).enumerated() {
      guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any],
        let id = object["id"] as? String
      else { throw SetError(description: "\(path):\(number + 1): the line is no document with an id") }
      guard object["error"] == nil else { continue }
      guard let text = object["text"] as? String, let entities = object["entities"] as? [[String: Any]],
        let sentences = object["sentences"] as? [[String: Any]]
      else {
        throw SetError(
          description:
            "\(path):\(number + 1): the document has no text, sentences and entities; annotate it with all layers")
      }
      let names = Self.names(entities)
      let noise = (object["regions"] as? [[String: Any]] ?? []).filter {
        ["boilerplate", "byline"].contains($0["kind"] as? String)
      }.compactMap(Self.range)
      let scalars = Array(text.unicodeScalars)
      for (k, range) in sentences.compactMap(Self.range).enumerated() where !noise.contains(where: range.overlaps) {
        guard range.upperBound <= scalars.count else { continue }
        var sentence = String.UnicodeScalarView()
        sentence.append(contentsOf: scalars[range])
        records.append(
          MarkedText(
            id: "\(id)#\(k)", text: String(sentence),
            names: names.filter { range.lowerBound <= $0.start && $0.end <= range.upperBound }.map {
              MarkedName(start: $0.start - range.lowerBound, end: $0.end - range.lowerBound, label: $0.label)
            }))
      }
    }
  }

  private static func range(_ span: [String: Any]) -> Range<Int>? {
    guard let start = span["start"] as? Int, let end = span["end"] as? Int, start <= end else { return nil }
    return start..<end
  }

  private static func names(_ entities: [[String: Any]]) -> [MarkedName] {
    entities.compactMap { item in
      guard let span = range(item), let label = (item["label"] as? String).flatMap(label) else { return nil }
      return MarkedName(start: span.lowerBound, end: span.upperBound, label: label)
    }
  }

  static func label(_ code: String) -> EntityLabel? {
    switch code {
    case "PER": .person
    case "LOC": .location
    case "ORG": .organization
    default: nil
    }
  }
}

struct SetError: Error, CustomStringConvertible {
  var description: String
}

extension String {
  /// UTF-8 offset of each code point, and of the end.
  var scalarOffsets: [Int] {
    var out: [Int] = []
    var at = 0
    for scalar in unicodeScalars {
      out.append(at)
      at += UTF8.width(scalar)
    }
    out.append(at)
    return out
  }
}
