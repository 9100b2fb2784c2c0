/// Files that hold no text: told by their first bytes, so that nobody gets annotations of a PDF's bytes.
///
/// Only what comes as a file or on the standard input is looked at, never the text of a record.
public enum ForeignFormat {
  /// What the input is and what to do; `nil` for text, and for all that is not known here.
  static func reason(head: Span<UInt8>) -> String? {
    for (magic, offset, reason) in known where starts(head, at: offset, with: magic) { return "\(reason)" }
    return nil
  }

  /// Throws when the input at `path` is no text.
  public static func refuse(_ head: Span<UInt8>, path: String) throws(InputError) {
    if let reason = reason(head: head) { throw InputError(path: path, reason: reason) }
  }

  private static func starts(_ head: Span<UInt8>, at offset: Int, with magic: [UInt8]) -> Bool {
    head.count >= offset + magic.count && magic.indices.allSatisfy { head[offset + $0] == magic[$0] }
  }

  private static let image: StaticString = "is an image; Fakta reads text"
  private static let packed: StaticString = "is compressed; unpack it first, or compress with gzip or zstd"

  /// As in the file formats' own definitions.
  private static let known: [(magic: [UInt8], offset: Int, reason: StaticString)] = [
    (Array("%PDF-".utf8), 0, "is a PDF; make text of it first (pdftotext FILE -)"),
    ([0x50, 0x4B, 3, 4], 0, "is a ZIP archive or an office document; unpack it, or save it as text or a web page"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "is an office document; save it as text or a web page"),
    (Array("{\\rtf".utf8), 0, "is an RTF document; save it as text or a web page"),
    (Array("ustar".utf8), 257, "is a tar archive; unpack it first"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], 0, packed), (Array("BZh".utf8), 0, packed),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, packed), (Array("Rar!\u{1A}".utf8), 0, packed),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, image), ([0xFF, 0xD8, 0xFF], 0, image),
    (Array("GIF8".utf8), 0, image),
    ([0x7F, 0x45, 0x4C, 0x46], 0, "is a program; Fakta reads text"),
    (Array("SQLite format 3\0".utf8), 0, "is a database; write its articles as NDJSON"),
    (Array("PAR1".utf8), 0, "is a Parquet table; write its articles as NDJSON (docs/recipes.md)"),
  ]
}
