/// Files that hold no text: told by their first bytes, so that nobody gets annotations of a PDF's bytes. And tables and
/// mails, told by their names: all rows of a table would be one article.
///
/// Only what comes as a file or on the standard input is looked at, never the text of a record.
public enum ForeignFormat {
  /// What the input is and what to do; `nil` for text, and for all that is not known here.
  ///
  /// - Parameter format: What the input is to be read as; a web page may be XML.
  static func reason(head: Span<UInt8>, as format: InputFormat = .text) -> String? {
    for (magic, offset, reason) in known where starts(head, at: offset, with: magic) { return "\(reason)" }
    let markup = MarkupHead(head)
    if format != .html, markup.isXML, !markup.isPage {
      return "is XML, and no web page; take its articles out as text or NDJSON"
    }
    return isBinary(head) ? "holds bytes that no text has; Fakta reads text" : nil
  }

  /// The same for what the end of a file's name says, `.gz` and `.zst` aside.
  static func reason(path: String) -> String? {
    var name = path[...]
    for end in [".gz", ".zst"] where name.hasSuffix(end) { name = name.dropLast(end.count) }
    switch name.split(separator: "/").last?.split(separator: ".").dropFirst().last {
    case "csv", "tsv", "CSV", "TSV":
      return "is a table; write its articles as NDJSON (docs/recipes.md); --format text reads it as one article"
    case "mhtml", "mht", "eml", "MHTML", "MHT", "EML":
      return "is a mail, or a page saved as one; save it as a web page (.html)"
    default: return nil
    }
  }

  /// What to say of an input that is read as text and begins like a table: its first line is names alone, three or more, parted by
  /// commas, semicolons or tabs without spaces.
  public static func noteOfTable(head: Span<UInt8>) -> String? {
    var names = 1
    var length = 0
    for i in 0..<min(head.count, 4096) {
      switch head[i] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "\""):
        length += 1
      case UInt8(ascii: ","), UInt8(ascii: ";"), 0x09:
        if length == 0 { return nil }
        names += 1
        length = 0
      case 0x0A, 0x0D:
        guard names >= 3, length > 0 else { return nil }
        return "looks like a table, and is read as one article; write its articles as NDJSON (docs/recipes.md)"
      default: return nil
      }
    }
    return nil
  }

  /// Whether more than one byte in 32 of the first 4 KiB is a control character that no text has: sound, film, programs, UTF-32
  /// without its mark. A few such bytes are a slip in a text. Not counted are the zeros of UTF-16, and what colours and
  /// overstrikes a terminal's text.
  private static func isBinary(_ head: Span<UInt8>) -> Bool {
    let count = min(head.count, 4096)
    var controls = 0
    for i in 0..<count {
      switch head[i] {
      case 0x00...0x07, 0x0E...0x1A, 0x1C...0x1F, 0x7F: controls += 1
      default: break
      }
    }
    return controls > 8 && controls * 32 > count && UTF16Decoder(head: head) == nil
  }

  /// Throws when the input at `path` is no text.
  public static func refuse(_ head: Span<UInt8>, path: String, as format: InputFormat) throws(InputError) {
    if let reason = reason(head: head, as: format) { throw InputError(path: path, reason: reason) }
  }

  private static func starts(_ head: Span<UInt8>, at offset: Int, with magic: [UInt8]) -> Bool {
    head.count >= offset + magic.count && magic.indices.allSatisfy { head[offset + $0] == magic[$0] }
  }

  private static let image: StaticString = "is an image; Fakta reads text"
  private static let utf32: StaticString = "is UTF-32; save it as UTF-8 (iconv -f UTF-32 -t UTF-8 FILE)"
  private static let packed: StaticString = "is compressed; unpack it first, or compress with gzip or zstd"

  /// As in the file formats' own definitions.
  private static let known: [(magic: [UInt8], offset: Int, reason: StaticString)] = [
    (Array("%PDF-".utf8), 0, "is a PDF; make text of it first (pdftotext FILE -)"),
    ([0x50, 0x4B, 3, 4], 0, "is a ZIP archive or an office document; unpack it, or save it as text or a web page"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "is an office document; save it as text or a web page"),
    ([0xFF, 0xFE, 0, 0], 0, utf32), ([0, 0, 0xFE, 0xFF], 0, utf32),
    (Array("{\\rtf".utf8), 0, "is an RTF document; save it as text or a web page"),
    (Array("ustar".utf8), 257, "is a tar archive; unpack it first"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], 0, packed), (Array("BZh".utf8), 0, packed),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, packed), (Array("Rar!\u{1A}".utf8), 0, packed),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, image), ([0xFF, 0xD8, 0xFF], 0, image),
    (Array("GIF8".utf8), 0, image), (Array("WEBP".utf8), 8, image), ([0x49, 0x49, 0x2A, 0], 0, image),
    ([0x4D, 0x4D, 0, 0x2A], 0, image),
    ([0x7F, 0x45, 0x4C, 0x46], 0, "is a program; Fakta reads text"),
    (Array("SQLite format 3\0".utf8), 0, "is a database; write its articles as NDJSON"),
    (Array("PAR1".utf8), 0, "is a Parquet table; write its articles as NDJSON (docs/recipes.md)"),
  ]
}
