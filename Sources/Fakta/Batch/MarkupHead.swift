/// How a text with markup begins, behind white space, comments and what is for other programs (`<?xml … ?>`).
struct MarkupHead {
  /// It is a web page: its root, or one of the elements that begin a page whose author left the root out.
  let isPage: Bool
  /// An XML declaration stands at the beginning.
  let isXML: Bool

  private static let roots: [StaticString] = ["<!doctype html", "<html", "<head", "<body", "<meta", "<title"]

  /// - Complexity: O(*n*).
  init(_ head: Span<UInt8>) {
    var at = 0
    func byte(_ index: Int) -> UInt8 { index < head.count ? head[index] : 0 }
    func follows(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { word in
        word.indices.allSatisfy { index in
          let byte = byte(at + index)
          return (byte &- 0x41 < 26 ? byte | 0x20 : byte) == word[index]
        }
      }
    }
    func skip(behind end: StaticString) {
      while at < head.count, !follows(end) { at += 1 }
      at += end.utf8CodeUnitCount
    }
    func skipSpace() { while [0x20, 0x09, 0x0A, 0x0D].contains(byte(at)) { at += 1 } }
    if byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF { at = 3 }
    skipSpace()
    isXML = follows("<?xml")
    while true {
      let isComment = follows("<!--")
      guard isComment || follows("<?") else { break }
      skip(behind: isComment ? "-->" : "?>")
      skipSpace()
    }
    isPage = Self.roots.contains { root in
      // Not `<header>`.
      follows(root) && [0x3E, 0x20, 0x09, 0x0A, 0x0D, 0x2F].contains(byte(at + root.utf8CodeUnitCount))
    }
  }
}
