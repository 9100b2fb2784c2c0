/// What a file holds.
public enum InputFormat: String, CaseIterable, Sendable {
  /// One article as plain text.
  case text
  /// One article as a web page.
  case html
  /// One record per line.
  case ndjson
  /// One record, or an array of records, over any number of lines.
  case json

  /// Returns the format that the end of a file name announces, `.gz` and `.zst` aside; `nil` for other names.
  public init?(path: String) {
    var name = path[...]
    if let compression = [".gz", ".zst"].first(where: { name.hasSuffix($0) }) {
      name = name.dropLast(compression.count)
    }
    switch name.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last {
    case "txt", "text", "TXT": self = .text
    case "html", "htm", "xhtml", "HTML", "HTM": self = .html
    case "ndjson", "jsonl", "NDJSON", "JSONL": self = .ndjson
    case "json", "JSON": self = .json
    default: return nil
    }
  }

  /// Returns the format that the first lines of an input look like; text when they look like nothing else.
  ///
  /// An object alone on its line is NDJSON; one that goes on behind `{` is a JSON file.
  public init(head: Span<UInt8>) {
    // An RTF document begins with the bracket of an object.
    if ForeignFormat.reason(head: head) != nil {
      self = .text
      return
    }
    var at = 0
    func byte(_ index: Int) -> UInt8 { index < head.count ? head[index] : 0 }
    func skipSpace() { while [0x20, 0x09, 0x0A, 0x0D].contains(byte(at)) { at += 1 } }
    if MarkupHead(head).isPage {
      self = .html
      return
    }
    skipSpace()
    if byte(at) == UInt8(ascii: "{") {
      at += 1
      while [0x20, 0x09, 0x0D].contains(byte(at)) { at += 1 }
      self = byte(at) == 0x0A ? .json : .ndjson
    } else if byte(at) == UInt8(ascii: "[") {
      at += 1
      skipSpace()
      self = byte(at) == UInt8(ascii: "{") ? .json : .text
    } else {
      self = .text
    }
  }
}
