/// What a web page tells of itself in JSON-LD, for machines.
enum LinkedData {
  /// Returns the longest `articleBody` of the scripts, as text; empty where there is none.
  ///
  /// - Parameter scripts: All JSON-LD scripts of a page, one behind the other, in UTF-8. They need not be JSON: only the string is read.
  /// - Complexity: O(*n*).
  static func article(in scripts: [UInt8]) -> [UInt8] {
    var scanner = JSONScanner()
    var longest: [UInt8] = []
    var value: [UInt8] = []
    while findString("articleBody", with: &scanner, in: scripts.span) {
      value.removeAll(keepingCapacity: true)
      // A string with a fault is none; the search goes on behind the fault.
      guard (try? scanner.readString(in: scripts.span, appendingTo: &value)) != nil else { continue }
      if value.count > longest.count { swap(&value, &longest) }
    }
    return plainText(longest)
  }

  /// Moves to the next string that is the value of a member `name`; false where there is none.
  private static func findString(_ name: StaticString, with scanner: inout JSONScanner, in bytes: Span<UInt8>) -> Bool {
    let length = name.utf8CodeUnitCount
    let quote = UInt8(ascii: "\"")
    while scanner.offset + length + 2 < bytes.count {
      let start = scanner.offset
      scanner.offset += 1
      guard bytes[start] == quote, bytes[start + length + 1] == quote,
        (0..<length).allSatisfy({ bytes[start + 1 + $0] == name.utf8Start[$0] })
      else { continue }
      scanner.offset = start + length + 2
      scanner.skipSpace(in: bytes)
      guard scanner.peek(in: bytes) == UInt8(ascii: ":") else { continue }
      scanner.offset += 1
      scanner.skipSpace(in: bytes)
      if scanner.peek(in: bytes) == quote { return true }
    }
    return false
  }

  /// The text of an article that may be written as HTML.
  private static func plainText(_ article: [UInt8]) -> [UInt8] {
    let isMarkedUp = article.indices.dropLast(2).contains {
      article[$0] == UInt8(ascii: "<")
        && [UInt8(ascii: "/"), UInt8(ascii: "p"), UInt8(ascii: "b")].contains(article[$0 + 1])
    }
    if isMarkedUp, let page = try? HTMLReader.read(article) { return page.text }
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let first = article.firstIndex(where: { !space.contains($0) }),
      let last = article.lastIndex(where: { !space.contains($0) })
    else { return [] }
    return Array(article[first...last])
  }
}
