import CFaktaHTML

/// An article taken out of a web page.
public struct HTMLArticle: Equatable, Sendable {
  /// The text, UTF-8: a blank line between blocks, a line break for `<br>`, list items and table rows, one space for
  /// any other white space. The headline is in it if it stands in the article.
  public var text: [UInt8] = []
  /// The headline, on one line.
  public var title: [UInt8]?
  /// The date of publication as the page writes it, most often ISO 8601; see `parseISODate`.
  public var date: [UInt8]?
  /// What had to be done to the bytes, if they were not UTF-8.
  public var decodingNote: DecodingNote?
  /// The page was nested so deeply that reading stopped there; `text` is what came before.
  public var isCut = false

  /// Headline and date as the record of a JSON file holds them: a JSON object, or nothing.
  public var meta: [UInt8] {
    var out: [UInt8] = []
    let fields: [(name: StaticString, value: [UInt8]?)] = [("\"title\":", title), ("\"date\":", date)]
    for (name, value) in fields {
      guard let value else { continue }
      out.append(out.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      JSONOutput.append(name, to: &out)
      value.withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    }
    if !out.isEmpty { out.append(UInt8(ascii: "}")) }
    return out
  }

  /// What people should know of how the page was read, in order.
  public var notes: [String] {
    var notes = decodingNote.map { ["\($0)"] } ?? []
    if isCut { notes.append("the page is nested too deeply; its end was left out") }
    if text.isEmpty { notes.append("no text was found in the page") }
    return notes
  }
}

/// Reads web pages.
///
/// Scripts, styles, navigation, page headers and footers, side columns, forms and hidden elements are left out. The
/// longest `<article>`, else `<main>`, is taken when it is long enough, else the whole body. What JSON-LD tells as `articleBody` is
/// taken instead when it is more than twice as long: scripts would show it.
///
/// - title: `<h1>` of the article, else `og:title`, else the only `<h1>`, else `<title>`
/// - date: `<time datetime>` marked as the date of publication, else `article:published_time`, else `datePublished` of
///   JSON-LD, else `<meta name="pubdate">` and the like, else the first `<time datetime>`
///
/// **Errors.** Any bytes have a reading. A page of 2 GiB or more throws `InputError`, as does a lack of memory.
///
/// **Cost.** Linear in the page, also for hostile ones; memory about twenty times the page.
public enum HTMLReader {
  /// Returns the article of a page given as raw bytes.
  ///
  /// The encoding is UTF-16 by its byte order mark or the zeros in it, UTF-8 if the bytes are that, else what the page
  /// declares, else Windows-1252.
  ///
  /// - Parameter path: The name for error messages.
  public static func read(_ bytes: [UInt8], path: String = "-") throws(InputError) -> HTMLArticle {
    var bytes = bytes
    var article = HTMLArticle()
    article.decodingNote = decode(&bytes)

    guard
      let page = bytes.withUnsafeBufferPointer({ buffer in
        buffer.baseAddress.flatMap { fk_page_read($0, buffer.count) }
      })
    else {
      if bytes.isEmpty { return article }
      throw InputError(path: path, reason: "not enough memory for the page")
    }
    defer { fk_page_free(page) }
    switch fk_page_status(page) {
    case Int32(FK_PAGE_TOO_LARGE):
      throw InputError(path: path, reason: "the page has 2 GiB or more; split it")
    case Int32(FK_PAGE_NO_MEMORY):
      throw InputError(path: path, reason: "not enough memory for the page")
    case Int32(FK_PAGE_CUT): article.isCut = true
    default: break
    }
    article.text = array(page, fk_page_text) ?? []
    article.title = array(page, fk_page_title)
    article.date = array(page, fk_page_date)
    // A page that scripts fill in the browser holds its text only there; many others have it there once more.
    let told = LinkedData.article(in: array(page, fk_page_linked_data) ?? [])
    if told.count > 2 * article.text.count { article.text = told }
    return article
  }

  private static func array(
    _ page: OpaquePointer, _ part: (OpaquePointer, UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?
  ) -> [UInt8]? {
    var count = 0
    guard let start = part(page, &count) else { return nil }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}

// Encoding

extension HTMLReader {
  private static func decode(_ bytes: inout [UInt8]) -> DecodingNote? {
    let hasMark =
      bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if !hasMark, !TextDecoding.isValidUTF8(bytes.span), let name = declaredCharset(bytes.span),
      !isCommon(name), let converted = convert(bytes, from: name)
    {
      bytes = converted
      return .declared(name)
    }
    return TextDecoding.decode(&bytes)
  }

  /// Returns whether `TextDecoding` reads what this name means: browsers take Latin-1 for Windows-1252, a page
  /// whose declaration could be read as ASCII is no UTF-16, and no browser reads UTF-7.
  private static func isCommon(_ name: String) -> Bool {
    switch name {
    case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1",
      "latin1", "latin-1", "windows-1252", "cp1252", "unicode", "utf-7":
      true
    default: false
    }
  }

  /// Returns the character set, in lower case, that a `<meta>` in the first 4096 bytes declares.
  static func declaredCharset(_ bytes: Span<UInt8>) -> String? {
    let wanted: StaticString = "charset"
    let end = min(bytes.count, 4096)
    func lower(_ index: Int) -> UInt8 {
      guard index < end else { return 0 }
      let byte = bytes[index]
      return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return wanted.withUTF8Buffer { wanted in
      for start in 0..<end where lower(start) == wanted[0] {
        guard (0..<wanted.count).allSatisfy({ lower(start + $0) == wanted[$0] }) else { continue }
        var index = start + wanted.count
        while lower(index) == 0x20 { index += 1 }
        guard lower(index) == UInt8(ascii: "=") else { continue }
        index += 1
        while [0x20, UInt8(ascii: "\""), UInt8(ascii: "'")].contains(lower(index)) { index += 1 }
        var name: [UInt8] = []
        while name.count < 40 {
          switch lower(index) {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"):
            name.append(lower(index))
            index += 1
            continue
          default: break
          }
          break
        }
        if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
      }
      return nil
    }
  }

  private static func convert(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      guard let base = buffer.baseAddress,
        let result = fk_bytes_from_charset(name, base, buffer.count, &count)
      else { return nil }
      defer { fk_bytes_free(result) }
      return Array(UnsafeBufferPointer(start: result, count: count))
    }
  }
}
