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
      let names = entities.compactMap { item -> MarkedName? in
        guard let start = item["start"] as? Int, let end = item["end"] as? Int, let code = item["label"] as? String,
          let label = Self.label(code)
        else { return nil }
        return MarkedName(start: start, end: end, label: label)
      }
      records.append(MarkedText(id: id, text: text, names: names))
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
