/// Named and numbered character references.
enum HTMLEntities {
  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "copy": 0xA9, "reg": 0xAE,
    "trade": 0x2122,
    "hellip": 0x2026, "mdash": 0x2014, "ndash": 0x2013, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A,
    "ldquo": 0x201C,
    "rdquo": 0x201D, "bdquo": 0x201E, "laquo": 0xAB, "raquo": 0xBB, "lsaquo": 0x2039, "rsaquo": 0x203A, "bull": 0x2022,
    "middot": 0xB7, "euro": 0x20AC, "pound": 0xA3, "yen": 0xA5, "cent": 0xA2, "deg": 0xB0, "plusmn": 0xB1,
    "times": 0xD7,
    "divide": 0xF7, "frac12": 0xBD, "frac14": 0xBC, "frac34": 0xBE, "sup2": 0xB2, "sup3": 0xB3, "shy": 0xAD,
    "zwnj": 0x200C,
    "zwj": 0x200D, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "eacute": 0xE9, "egrave": 0xE8, "ecirc": 0xEA,
    "euml": 0xEB, "aacute": 0xE1, "agrave": 0xE0, "acirc": 0xE2, "atilde": 0xE3, "auml": 0xE4, "aring": 0xE5,
    "ccedil": 0xE7,
    "iacute": 0xED, "icirc": 0xEE, "iuml": 0xEF, "ntilde": 0xF1, "oacute": 0xF3, "ocirc": 0xF4, "otilde": 0xF5,
    "ouml": 0xF6,
    "oslash": 0xF8, "uacute": 0xFA, "ucirc": 0xFB, "uuml": 0xFC, "szlig": 0xDF, "Eacute": 0xC9, "Aacute": 0xC1,
    "Ouml": 0xD6,
    "Uuml": 0xDC, "Auml": 0xC4, "ge": 0x2265, "le": 0x2264, "ne": 0x2260, "minus": 0x2212, "rarr": 0x2192,
    "larr": 0x2190,
  ]

  /// The scalar of the reference that begins with `&` at `at`, and the offset behind it; nil when there is none.
  ///
  /// - Parameter nameStart: Where the name begins, when the `&` itself was escaped.
  static func scalar(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, nameStart: Int? = nil) -> (Unicode.Scalar, Int)? {
    let start = nameStart ?? at + 1
    var end = start
    while end < n, end - start < 10, p[end] != 0x3B {
      let b = p[end]
      guard b == 0x23 || (b >= 0x30 && b <= 0x39) || ((b | 0x20) >= 0x61 && (b | 0x20) <= 0x7A) else { return nil }
      end += 1
    }
    guard end < n, p[end] == 0x3B, end > start else { return nil }
    let name = UnsafeBufferPointer(start: p + start, count: end - start)
    if name[0] == 0x23 {
      let hex = name.count > 1 && name[1] | 0x20 == 0x78
      guard let value = UInt32(String(decoding: name.dropFirst(hex ? 2 : 1), as: UTF8.self), radix: hex ? 16 : 10)
      else {
        return nil
      }
      // Numbers 128 to 159 mean Windows-1252 in practice.
      let mapped = Windows1252.scalar(value)
      guard mapped >= 0x20 || mapped == 9 || mapped == 10 || mapped == 13, let scalar = Unicode.Scalar(mapped) else {
        return nil
      }
      return (scalar, end + 1)
    }
    guard let value = names[String(decoding: name, as: UTF8.self)] else { return nil }
    return (Unicode.Scalar(value)!, end + 1)
  }
}

/// A tag left in the text, and what takes its place.
struct HTMLTag {
  /// The raw offset behind the tag; behind the closing tag for scripts, styles and comments.
  let end: Int
  /// A paragraph break for blocks, a line break for `br`, nothing for the rest.
  let replacement: [UInt8]
  /// Whether a script's or style's closing tag was looked for in vain.
  private(set) var isUnclosed = false

  private static let blocks: Set<String> = [
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "tbody", "thead", "blockquote",
    "section",
    "article", "figure", "figcaption", "header", "footer", "main", "aside", "nav", "hr", "pre", "dl", "dt", "dd",
    "form",
    "script", "style", "iframe", "noscript", "body", "html", "head", "center",
  ]
  private static let inline: Set<String> = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sup", "sub", "img", "td", "th", "code",
    "mark",
    "ins", "del", "strike", "label", "input", "button", "picture", "source", "video", "audio", "embed", "object",
    "param",
    "link", "meta", "cite", "q", "abbr", "time", "wbr", "amp-img", "svg", "path", "tt",
  ]

  /// Whether a tag could begin at `at`.
  static func looksLikeOne(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Bool {
    guard at + 1 < n else { return false }
    let b = p[at + 1]
    return b == 0x2F || b == 0x21 || ((b | 0x20) >= 0x61 && (b | 0x20) <= 0x7A)
  }

  /// The tag that begins with `<` at `at`, nil when that is no known tag or does not end within `limit` bytes.
  ///
  /// - Parameter skipsElements: Whether the content of a script or style goes with its tag.
  init?(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int, limit: Int, skipsElements: Bool) {
    guard Self.looksLikeOne(p, at, n), limit > 0 else { return nil }
    let stop = min(n, at + limit)
    if p[at + 1] == 0x21 {
      guard at + 3 < n, p[at + 2] == 0x2D, p[at + 3] == 0x2D else { return nil }
      var end = at + 4
      while end + 2 < stop, !(p[end] == 0x2D && p[end + 1] == 0x2D && p[end + 2] == 0x3E) { end += 1 }
      guard end + 2 < stop else { return nil }
      self.end = end + 3
      replacement = []
      return
    }
    guard let (name, nameEnd) = Self.name(p, at, stop) else { return nil }
    let closing = p[at + 1] == 0x2F
    let isBlock = Self.blocks.contains(name)
    var end = nameEnd
    while end < stop, p[end] != 0x3E { end += 1 }
    guard end < stop else { return nil }
    if skipsElements, !closing, name == "script" || name == "style" {
      let close = Self.endOfElement(p, end, n, name)
      isUnclosed = close == nil
      end = close ?? end
    }
    self.end = end + 1
    replacement = name == "br" ? [0x0A] : isBlock ? [0x0A, 0x0A] : []
  }

  /// Whether a comment or a tag with a known name begins with the `<` at `at`, wherever it ends.
  static func begins(_ p: UnsafePointer<UInt8>, _ at: Int, _ n: Int) -> Bool {
    looksLikeOne(p, at, n) && (p[at + 1] == 0x21 || name(p, at, n) != nil)
  }

  /// The known name of the tag that begins with `<` at `at`, and the offset behind it.
  private static func name(_ p: UnsafePointer<UInt8>, _ at: Int, _ stop: Int) -> (String, end: Int)? {
    let start = at + (p[at + 1] == 0x2F ? 2 : 1)
    var end = start
    while end < stop, end - start < 12, isNameByte(p[end]) { end += 1 }
    let name = String(decoding: UnsafeBufferPointer(start: p + start, count: end - start), as: UTF8.self).lowercased()
    return name == "br" || blocks.contains(name) || inline.contains(name) ? (name, end) : nil
  }

  private static func isNameByte(_ b: UInt8) -> Bool {
    (b >= 0x30 && b <= 0x39) || ((b | 0x20) >= 0x61 && (b | 0x20) <= 0x7A) || b == 0x2D
  }

  /// The `>` of the closing tag of a script or style.
  private static func endOfElement(_ p: UnsafePointer<UInt8>, _ from: Int, _ n: Int, _ name: String) -> Int? {
    let wanted = Array(name.utf8)
    let stop = min(n, from + 1 << 16)
    var at = from
    while at + 2 + wanted.count < stop {
      if p[at] == 0x3C, p[at + 1] == 0x2F {
        var matches = true
        for (i, b) in wanted.enumerated() where p[at + 2 + i] | 0x20 != b { matches = false }
        if matches {
          var end = at
          while end < stop, p[end] != 0x3E { end += 1 }
          return end < stop ? end : nil
        }
      }
      at += 1
    }
    return nil
  }
}
