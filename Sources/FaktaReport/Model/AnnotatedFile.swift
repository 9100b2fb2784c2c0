import Fakta

/// Splits a file of JSON values, one per line or indented over many.
package enum AnnotatedFile {
  /// The byte ranges of its objects: of an array, the elements. A line that is not JSON is one range, so that reading
  /// it gives the error; the next line goes on.
  package static func values(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var scanner = JSONScanner()
    scanner.skipSpace(in: bytes.span)
    if let elements = elements(in: bytes, from: scanner) { return elements }
    while true {
      scanner.skipSpace(in: bytes.span)
      let start = scanner.offset
      guard start < bytes.count else { return ranges }
      do {
        let value = try scanner.skipValue(in: bytes.span)
        ranges.append(value)
      } catch {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        ranges.append(start..<end)
        scanner.offset = end
      }
    }
  }

  /// The elements of a file that is one array; `nil` if it is not, or not a whole one.
  private static func elements(in bytes: [UInt8], from start: JSONScanner) -> [Range<Int>]? {
    guard start.peek(in: bytes.span) == UInt8(ascii: "[") else { return nil }
    var ranges: [Range<Int>] = []
    var scanner = start
    var isFirst = true
    do {
      try scanner.enter(UInt8(ascii: "["), in: bytes.span)
      while try scanner.nextElement(in: bytes.span, isFirst: &isFirst) {
        ranges.append(try scanner.skipValue(in: bytes.span))
      }
      try scanner.expectEnd(of: bytes.span)
    } catch {
      return nil
    }
    return ranges
  }
}

extension ReportDocument {
  /// A document in place of one that could not be read.
  package static func failure(_ message: String, id: String) -> ReportDocument {
    var document = ReportDocument()
    document.failure = message
    document.id = id
    return document
  }
}
