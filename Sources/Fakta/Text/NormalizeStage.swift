import CFaktaICU
import CFaktaText

/// Makes the text that the stages read.
///
///     Ma’ruf &amp; Ã©de — <b>kota</b>   →   Ma'ruf & éde — kota
///
/// HTML entities (also double-escaped) and tags, soft hyphens and zero-width characters, typographic apostrophes inside words,
/// UTF-8 that was once read as Windows-1252 or Mac Roman, and letters with separate accents (NFC) are edited; everything
/// else stays byte for byte.
///
/// **Offsets.** `Document.origin` maps every byte back; where nothing had to be changed the map is the identity.
///
/// **Cost.** One pass; texts without `&`, `<` and bytes beyond ASCII are copied.
public struct NormalizeStage: Stage {
  public static let reads: Set<Layer> = []
  public static let writes: Layer = .text

  public init() {}

  public mutating func run(on document: inout Document) {
    var bytes = document.bytes
    document.bytes = []
    bytes.removeAll(keepingCapacity: true)
    document.raw.withUnsafeBufferPointer { raw in
      guard let p = raw.baseAddress else { return }
      var edit = TextEdit(p: p, n: raw.count, bytes: bytes, origin: document.origin)
      bytes = []
      document.origin = OriginMap()
      edit.run()
      bytes = edit.bytes
      document.origin = edit.origin
    }
    document.bytes = bytes
  }
}

/// One pass over a raw text that copies it, edit by edit.
private struct TextEdit {
  let p: UnsafePointer<UInt8>
  let n: Int
  var bytes: [UInt8]
  var origin: OriginMap
  /// Raw bytes before this offset have been copied or edited.
  var copied = 0
  /// No `>` stands in the raw text before this offset, from where it was last looked for.
  var noTagEnd = 0
  /// No closing tag of a script or style stands before this offset either.
  var noElementEnd = 0

  init(p: UnsafePointer<UInt8>, n: Int, bytes: [UInt8], origin: OriginMap) {
    self.p = p
    self.n = n
    self.bytes = bytes
    self.origin = origin
  }

  mutating func run() {
    var at = 0
    while true {
      at += Int(fk_plain_text(p + at, Int64(n - at)))
      guard at < n else { break }
      let b = p[at]
      if b < 0x80 {
        if b == 0x26 {
          at = entity(at)
        } else {
          at = tag(at)
        }
      } else {
        at = beyondASCII(at)
      }
    }
    copy(to: n)
  }

  mutating func copy(to end: Int) {
    guard copied < end else { return }
    bytes.append(contentsOf: UnsafeBufferPointer(start: p + copied, count: end - copied))
    copied = end
  }

  /// Puts `replacement` in place of `raw[start..<end]`.
  mutating func replace(_ start: Int, _ end: Int, _ replacement: [UInt8]) {
    copy(to: start)
    let from = bytes.count
    bytes.append(contentsOf: replacement)
    origin.add(start: from, end: bytes.count, rawStart: start, rawEnd: end)
    copied = end
  }

  mutating func replace(_ start: Int, _ end: Int, _ scalar: Unicode.Scalar) {
    var encoded: [UInt8] = []
    appendUTF8(scalar.value, to: &encoded)
    replace(start, end, encoded)
  }

  // MARK: Entities and tags

  mutating func entity(_ at: Int) -> Int {
    guard let (scalar, end) = HTMLEntities.scalar(p, at, n) else { return at + 1 }
    var (value, stop) = (scalar, end)
    // "&amp;nbsp;": what was escaped twice is decoded twice.
    if value == "&", let (inner, innerEnd) = HTMLEntities.scalar(p, at, n, nameStart: end) {
      (value, stop) = (inner, innerEnd)
    }
    switch CharacterClass.of(value) {
    case .invisible where value.value >= 0x80: replace(at, stop, [])
    default: replace(at, stop, apostropheOrSelf(value, at, stop))
    }
    return stop
  }

  mutating func tag(_ at: Int) -> Int {
    guard at + 1 < n, at >= noTagEnd || noTagEnd < n else { return at + 1 }
    guard let tag = HTMLTag(p, at, n, limit: at < noTagEnd ? 0 : 8192, skipsElements: at >= noElementEnd) else {
      if at >= noTagEnd, HTMLTag.begins(p, at, n) { noTagEnd = min(n, at + 8192) }
      return at + 1
    }
    if tag.isUnclosed { noElementEnd = min(n, at + 1 << 16) }
    replace(at, tag.end, tag.replacement)
    return tag.end
  }

  // MARK: Beyond ASCII

  mutating func beyondASCII(_ at: Int) -> Int {
    let b = p[at]
    let (scalar, length) = UTF8Decoding.scalar(p, at, n)
    if let (repaired, end) = Mojibake.repair(p, at, n, scalar, length) {
      switch CharacterClass.of(repaired) {
      case .invisible: replace(at, end, [])
      default: replace(at, end, apostropheOrSelf(repaired, at, end))
      }
      return end
    }
    let v = scalar.value
    if v == 0x2019 || v == 0x2018 || v == 0xB4 || v == 0x2BC {
      if isLetterBefore(at), isLetter(at + length) { replace(at, at + length, "'") }
      return at + length
    }
    if case .invisible = CharacterClass.of(scalar) {
      replace(at, at + length, [])
      return at + length
    }
    // General punctuation and Latin-1 letters are composed as they are.
    return b == 0xE2 && p[at + 1] == 0x80 || v < 0x300 ? at + length : compose(at)
  }

  func apostropheOrSelf(_ scalar: Unicode.Scalar, _ at: Int, _ end: Int) -> Unicode.Scalar {
    scalar.value == 0x2019 && isLetterBefore(at) && isLetter(end) ? "'" : scalar
  }

  func isLetter(_ at: Int) -> Bool {
    guard at < n else { return false }
    if p[at] < 0x80 { return (p[at] | 0x20) >= 0x61 && (p[at] | 0x20) <= 0x7A }
    if case .letter = CharacterClass.of(UTF8Decoding.scalar(p, at, n).0) { return true }
    return false
  }

  func isLetterBefore(_ at: Int) -> Bool {
    var start = at - 1
    while start > 0, p[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 && isLetter(start)
  }

  /// Brings the run of scalars from U+0300 on that begins at `at` into NFC, with the ASCII letter before a combining mark.
  mutating func compose(_ at: Int) -> Int {
    var start = at
    var end = at
    while end < n, p[end] >= 0xCC, end - at < 4096 {
      end += UTF8Decoding.scalar(p, end, n).1
    }
    if case .mark = CharacterClass.of(UTF8Decoding.scalar(p, at, n).0), at > copied {
      start = at - 1
      while start > copied, p[start] & 0xC0 == 0x80 { start -= 1 }
    }
    guard end > at else { return at + 1 }
    if fk_nfc_span(p + start, Int64(end - start)) == Int64(end - start) { return end }
    var composed = [UInt8](repeating: 0, count: (end - start) * 3 + 16)
    let made = fk_nfc(p + start, Int64(end - start), &composed, Int64(composed.count))
    guard made >= 0 else { return end }
    composed.removeLast(composed.count - Int(made))
    if !composed.elementsEqual(UnsafeBufferPointer(start: p + start, count: end - start)) {
      replace(start, end, composed)
    }
    return end
  }
}
