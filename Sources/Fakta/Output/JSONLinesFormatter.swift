/// Documents as JSON by the schema: one on each line, or indented, or as one array.
public struct JSONLinesFormatter: DocumentFormatter {
  public enum Layout: Sendable {
    /// One document on each line.
    case lines
    /// Documents over several lines, one after the other.
    case indented
    /// One array of documents, one on each line.
    case array
    /// One array, indented.
    case indentedArray

    var isArray: Bool { self == .array || self == .indentedArray }
    var isIndented: Bool { self == .indented || self == .indentedArray }
  }

  private var writer: DocumentWriter
  private let layout: Layout
  private var compact: [UInt8] = []

  public init(lexicon: Lexicon, options: DocumentWriter.Options = .init(), layout: Layout = .lines) {
    writer = DocumentWriter(lexicon: lexicon, options: options)
    self.layout = layout
  }

  public var showsFailures: Bool { true }
  public var separator: [UInt8] { layout.isArray ? [0x2C, 0x0A] : [] }

  public func wrote(_ head: [UInt8]) -> Bool {
    // In whatever layout, without white space and the bracket of an array.
    let start = head.prefix(64).filter { ![0x20, 0x0A, UInt8(ascii: "[")].contains($0) }
    return start.starts(with: "{\"fakta\":\"1\"".utf8) || head.elementsEqual("[\n\n]\n".utf8)
  }

  public func appendHeader(to out: inout [UInt8]) {
    if layout.isArray { JSONOutput.append("[\n", to: &out) }
  }

  public func appendFooter(to out: inout [UInt8]) {
    if layout.isArray { JSONOutput.append("\n]\n", to: &out) }
  }

  public mutating func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8]) {
    if layout.isIndented {
      compact.removeAll(keepingCapacity: true)
      writer.append(document, id: article.id, meta: article.meta, to: &compact)
      JSONOutput.append(indenting: compact, to: &out)
    } else {
      writer.append(document, id: article.id, meta: article.meta, to: &out)
    }
    if !layout.isArray { out.append(0x0A) }
  }

  public mutating func append(_ failure: ArticleFailure, to out: inout [UInt8]) {
    compact.removeAll(keepingCapacity: true)
    DocumentWriter.append(failure, to: &compact)
    if layout.isIndented {
      JSONOutput.append(indenting: compact, to: &out)
    } else {
      out.append(contentsOf: compact)
    }
    if !layout.isArray { out.append(0x0A) }
  }
}

extension JSONOutput {
  /// Appends a JSON value with a line for every member, indented by two spaces; objects of numbers and short strings
  /// that hold no others stay on one line.
  static func append(indenting json: [UInt8], to out: inout [UInt8]) {
    var depth = 0
    var at = 0
    func newLine(_ out: inout [UInt8]) {
      out.append(0x0A)
      for _ in 0..<depth { out.append(contentsOf: [0x20, 0x20]) }
    }
    while at < json.count {
      let byte = json[at]
      switch byte {
      case UInt8(ascii: "\""):
        let end = endOfString(json, at)
        out.append(contentsOf: json[at..<end])
        at = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if let end = endOfSmall(json, at) {
          appendSpaced(json[at..<end], to: &out)
          at = end
          continue
        }
        out.append(byte)
        depth += 1
        newLine(&out)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        newLine(&out)
        out.append(byte)
      case UInt8(ascii: ","):
        out.append(byte)
        newLine(&out)
      case UInt8(ascii: ":"):
        out.append(byte)
        out.append(0x20)
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: out.append(byte)
      }
      at += 1
    }
  }

  private static func endOfString(_ json: [UInt8], _ start: Int) -> Int {
    var at = start + 1
    while at < json.count, json[at] != UInt8(ascii: "\"") { at += json[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(at + 1, json.count)
  }

  /// Returns the end of a container without others in it and of at most 100 bytes, or `nil`.
  private static func endOfSmall(_ json: [UInt8], _ start: Int) -> Int? {
    var at = start + 1
    while at < json.count, at - start <= 100 {
      switch json[at] {
      case UInt8(ascii: "\""):
        at = endOfString(json, at)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): return nil
      case UInt8(ascii: "}"), UInt8(ascii: "]"): return at + 1
      default: at += 1
      }
    }
    return nil
  }

  /// Appends a small container on one line, with a space behind colons and commas.
  private static func appendSpaced(_ json: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var inString = false
    var isEscaped = false
    for byte in json {
      if inString {
        out.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { continue }
      out.append(byte)
      if byte == UInt8(ascii: "\"") { inString = true }
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { out.append(0x20) }
    }
  }
}
