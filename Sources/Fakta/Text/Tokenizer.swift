import CFaktaText

/// Splits normalised text into words, numbers and marks.
///
///     Rp5.000 di Kompas.com   →   Rp | 5 | . | 000 | di | Kompas | . | com
///
/// Letters and digits never share a token, nor do two words that a lost line break glued together (`SetiawanBandung` is `Setiawan`
/// and `Bandung`, as `LiputanIslam` is two); an apostrophe between letters belongs to the word (`Ma'ruf`); runs of dots are
/// one ellipsis and runs of hyphens one dash. Which tokens belong together (numbers, domains, abbreviations) is decided
/// by later stages, which see from `gap` what was written without white space.
///
/// **Offsets.** UTF-8 bytes of the normalised text.
///
/// **Cost.** One pass; 64 bytes are classified at a time, and a token costs a few shifts. No allocation once the columns
/// have grown.
public struct Tokenizer: Sendable {
  public init() {}

  /// Fills `tokens` from `bytes`, which must be valid UTF-8.
  public func tokenize(_ bytes: [UInt8], into tokens: inout TokenTable) {
    tokens.removeAll()
    guard !bytes.isEmpty else { return }
    bytes.withUnsafeBufferPointer { buffer in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { tail in
        CharacterClass.asciiMarks.withUnsafeBufferPointer { marks in
          var scan = Scan(buffer: buffer, tail: tail, marks: marks)
          scan.run(into: &tokens)
        }
      }
    }
  }
}

/// Where the next token goes.
private struct Rows {
  let start: UnsafeMutablePointer<UInt32>
  let end: UnsafeMutablePointer<UInt32>
  let id: UnsafeMutablePointer<UInt32>
  let kind: UnsafeMutablePointer<UInt8>
  let shape: UnsafeMutablePointer<UInt8>
  let gap: UnsafeMutablePointer<UInt8>
  let hash: UnsafeMutablePointer<UInt64>
  let capacity: Int

  init(_ storage: TokenStorage) {
    start = storage.start
    end = storage.end
    id = storage.id
    kind = storage.kind
    shape = storage.shape
    gap = storage.gap
    hash = storage.hash
    capacity = storage.capacity
  }

  /// Writes row `i`, which must be below `capacity`.
  @inline(__always)
  func set(_ i: Int, _ from: Int, _ to: Int, _ kind: UInt8, _ shape: UInt8, _ gap: UInt8, _ hash: UInt64) {
    start[i] = UInt32(truncatingIfNeeded: from)
    end[i] = UInt32(truncatingIfNeeded: to)
    self.kind[i] = kind
    self.shape[i] = shape
    self.gap[i] = gap
    self.hash[i] = hash
    id[i] = 0
  }
}

/// One pass over the bytes of a text.
///
/// `run` reads what most of a text is made of, runs of ASCII letters and digits and single marks, from the bits of 64
/// classified bytes; everything else goes through the methods below, byte by byte.
private struct Scan {
  let p: UnsafePointer<UInt8>
  let n: Int
  let tail: UnsafeMutablePointer<UInt8>
  let marks: UnsafePointer<UInt8>
  /// Start of the classified block, -1 before the first.
  var base = -1
  var classes = FkClasses()

  init(
    buffer: UnsafeBufferPointer<UInt8>, tail: UnsafeMutableBufferPointer<UInt8>, marks: UnsafeBufferPointer<UInt8>
  ) {
    p = buffer.baseAddress!
    n = buffer.count
    self.tail = tail.baseAddress!
    self.marks = marks.baseAddress!
  }

  /// The classes of the 64 bytes from `at` on; those behind the text are in none.
  @inline(__always)
  func classify(_ at: Int) -> FkClasses {
    if at + 64 <= n { return fk_classify(p + at) }
    tail.update(repeating: 0, count: 64)
    tail.update(from: p + at, count: n - at)
    return fk_classify(UnsafePointer(tail))
  }

  @inline(__always)
  mutating func load(_ at: Int) {
    let block = at & ~63
    guard block != base else { return }
    base = block
    classes = classify(block)
  }

  /// Where the run of ASCII letters that starts at `at` ends.
  @inline(__always)
  mutating func letterEnd(_ at: Int) -> Int {
    var at = at
    while at < n {
      load(at)
      let rest = ~classes.letter >> UInt64(at & 63)
      if rest != 0 { return min(n, at + rest.trailingZeroBitCount) }
      at = (at | 63) + 1
    }
    return n
  }

  @inline(__always)
  mutating func digitEnd(_ at: Int) -> Int {
    var at = at
    while at < n {
      load(at)
      let rest = ~classes.digit >> UInt64(at & 63)
      if rest != 0 { return min(n, at + rest.trailingZeroBitCount) }
      at = (at | 63) + 1
    }
    return n
  }

  /// 1 where one plain space and no more white space stands behind a token, else 0; it is also the gap (`TokenGap`). Asked
  /// without a branch, since whether a mark or a space follows a word cannot be foretold.
  ///
  /// - Parameter behind: Where the byte `next` behind the token stands in the block whose white space is `spaces`.
  @inline(__always)
  static func plainSpace(_ next: UInt8, _ spaces: UInt64, _ behind: UInt64) -> Int {
    // Of the byte behind the block nothing is known.
    let more = (spaces &>> behind) >> 1 | (behind &+ 1) >> 6
    return (next == 0x20 ? 1 : 0) & ~Int(truncatingIfNeeded: more)
  }

  mutating func run(into tokens: inout TokenTable) {
    let (p, n) = (p, n)
    var at = 0
    var gap = TokenGap.paragraph
    var rows = Rows(tokens.storage)
    var count = 0
    var block = 0
    var bits = classify(0)
    while at < n {
      if at &- block >= 64 {
        block = at
        bits = classify(at)
      }
      var shift = UInt64(truncatingIfNeeded: at &- block)
      if count == rows.capacity {
        tokens.count = count
        tokens.reserve(1)
        rows = Rows(tokens.storage)
      }
      if (bits.letter &>> shift) & 1 != 0 {
        var length = (~(bits.letter &>> shift)).trailingZeroBitCount
        if Int(shift) &+ length >= 64, shift > 0 {
          // The run goes on behind the block.
          block = at
          bits = classify(at)
          shift = 0
          length = (~bits.letter).trailingZeroBitCount
        }
        let end = at &+ length
        let next = end < n ? p[end] : 0
        if length < 64, next != 0x27, next < 0x80 {
          let all: UInt64 = (1 &<< UInt64(truncatingIfNeeded: length)) &- 1
          let upper = (bits.upper &>> shift) & all
          var shape = UInt8(truncatingIfNeeded: upper & 1)
          if upper > 1 { shape |= TokenShape.innerUpper }
          if upper != all { shape |= TokenShape.hasLower }
          if shape < TokenShape.innerUpper | TokenShape.hasLower {
            let hash = WordHash.ascii(p + at, length, readable: n &- at)
            rows.set(count, at, end, TokenKind.word, shape, gap, hash)
            count &+= 1
            let space = Self.plainSpace(next, bits.space, shift &+ UInt64(truncatingIfNeeded: length))
            gap = UInt8(truncatingIfNeeded: space)
            at = end &+ space
            continue
          }
        }
        tokens.count = count
        at = word(from: at, gap: gap, into: &tokens)
        gap = TokenGap.none
      } else if (bits.space &>> shift) & 1 != 0 {
        // Behind the block nothing is known of the next byte.
        if (bits.space &>> shift) & 2 == 0, shift < 63, p[at] == 0x20 {
          gap = max(gap, TokenGap.space)
          at &+= 1
        } else {
          at = spaces(from: at, gap: &gap)
        }
        continue
      } else if (bits.digit &>> shift) & 1 != 0 {
        var length = (~(bits.digit &>> shift)).trailingZeroBitCount
        if Int(shift) &+ length >= 64 { length = digitEnd(at) - at }
        let hash = WordHash.ascii(p + at, length, readable: n &- at)
        rows.set(count, at, at &+ length, TokenKind.number, 0, gap, hash)
        count &+= 1
        gap = TokenGap.none
        at &+= length
        continue
      } else if (bits.high &>> shift) & 1 != 0 {
        tokens.count = count
        at = beyondASCII(at, gap: &gap, into: &tokens)
      } else {
        let byte = p[at]
        if byte != 0x2E && byte != 0x2D || at + 1 == n || p[at + 1] != byte {
          rows.set(count, at, at &+ 1, marks[Int(byte)], 0, gap, 0)
          count &+= 1
          let space = Self.plainSpace(at &+ 1 < n ? p[at &+ 1] : 0, bits.space, shift &+ 1)
          gap = UInt8(truncatingIfNeeded: space)
          at &+= 1 &+ space
          continue
        }
        tokens.count = count
        at = mark(at, gap: gap, into: &tokens)
        gap = TokenGap.none
      }
      count = tokens.count
      if tokens.storage.capacity != rows.capacity { rows = Rows(tokens.storage) }
    }
    tokens.count = count
  }

  @inline(__always)
  func isSpaceByte(_ b: UInt8) -> Bool { b == 0x20 || (b >= 9 && b <= 13) }

  @inline(__always)
  func append(
    _ start: Int, _ end: Int, _ kind: UInt8, _ shape: UInt8, _ gap: UInt8, _ hash: UInt64, _ tokens: inout TokenTable
  ) {
    if tokens.count == tokens.storage.capacity { tokens.reserve(1) }
    let i = tokens.count
    let columns = tokens.storage
    columns.start[i] = UInt32(truncatingIfNeeded: start)
    columns.end[i] = UInt32(truncatingIfNeeded: end)
    columns.kind[i] = kind
    columns.shape[i] = shape
    columns.gap[i] = gap
    columns.hash[i] = hash
    columns.id[i] = 0
    tokens.count = i + 1
  }

  /// White space other than one plain space: counts its line breaks.
  func spaces(from start: Int, gap: inout UInt8) -> Int {
    var at = start
    var breaks = 0
    while at < n, isSpaceByte(p[at]) {
      if p[at] == 0x0A || (p[at] == 0x0D && !(at + 1 < n && p[at + 1] == 0x0A)) { breaks += 1 }
      at += 1
    }
    let found = breaks == 0 ? TokenGap.space : breaks == 1 ? TokenGap.line : TokenGap.paragraph
    // Two line breaks with a no-break space between them part paragraphs too.
    gap = gap == TokenGap.line && found == TokenGap.line ? TokenGap.paragraph : max(gap, found)
    return at
  }

  mutating func word(from start: Int, gap: UInt8, into tokens: inout TokenTable) -> Int {
    var end = letterEnd(start)
    if end == n || (p[end] != 0x27 && p[end] < 0x80) {
      var shape = asciiShape(start, end)
      if shape & TokenShape.innerUpper != 0, shape & TokenShape.hasLower != 0, let split = gluedWord(start, end) {
        end = split
        shape = asciiShape(start, end)
      }
      let hash = WordHash.ascii(p + start, end - start, readable: n - start)
      append(start, end, TokenKind.word, shape, gap, hash, &tokens)
      return end
    }
    // An apostrophe between letters, or letters beyond ASCII.
    var onlyASCII = true
    while end < n {
      if p[end] == 0x27 {
        guard end + 1 < n, isLetter(at: end + 1) else { break }
        end += 1
      } else if p[end] >= 0x80 {
        let (scalar, length) = UTF8Decoding.scalar(p, end, n)
        switch CharacterClass.of(scalar) {
        case .letter, .mark: break
        default:
          return finishWord(start, end, onlyASCII, gap, &tokens)
        }
        onlyASCII = false
        end += length
      } else if isASCIILetter(p[end]) {
        end = letterEnd(end)
      } else {
        break
      }
    }
    return finishWord(start, end, onlyASCII, gap, &tokens)
  }

  /// Where a second word begins inside a run of letters: before a capital and two small letters, behind a small letter
  /// ("SetiawanBandung", where a line break was lost; "LiputanIslam").
  func gluedWord(_ start: Int, _ end: Int) -> Int? {
    var i = start + 2
    while i + 2 < end {
      if p[i] & 0x20 == 0, p[i - 1] & 0x20 != 0, p[i + 1] & 0x20 != 0, p[i + 2] & 0x20 != 0 { return i }
      i += 1
    }
    return nil
  }

  func isASCIILetter(_ b: UInt8) -> Bool { (b | 0x20) >= 0x61 && (b | 0x20) <= 0x7A }

  func isLetter(at: Int) -> Bool {
    if p[at] < 0x80 { return isASCIILetter(p[at]) }
    if case .letter = CharacterClass.of(UTF8Decoding.scalar(p, at, n).0) { return true }
    return false
  }

  mutating func finishWord(_ start: Int, _ end: Int, _ onlyASCII: Bool, _ gap: UInt8, _ tokens: inout TokenTable) -> Int
  {
    if onlyASCII {
      var shape: UInt8 = 0
      for i in start..<end {
        if p[i] == 0x27 {
          shape |= TokenShape.apostrophe
        } else if p[i] & 0x20 == 0 {
          shape |= i == start ? TokenShape.firstUpper : TokenShape.innerUpper
        } else {
          shape |= TokenShape.hasLower
        }
      }
      let hash = WordHash.ascii(p + start, end - start, readable: n - start)
      append(start, end, TokenKind.word, shape, gap, hash, &tokens)
      return end
    }
    var shape = TokenShape.nonASCII
    var kind = TokenKind.word
    var folded: [UInt8] = []
    var at = start
    while at < end {
      let (scalar, length) = UTF8Decoding.scalar(p, at, end)
      let lower = CaseFolding.lower(scalar)
      if lower != scalar {
        shape |= at == start ? TokenShape.firstUpper : TokenShape.innerUpper
      } else if scalar == "'" {
        shape |= TokenShape.apostrophe
      } else {
        shape |= TokenShape.hasLower
      }
      if scalar.value >= 0x0E00 && isUnspaced(scalar.value) { kind = TokenKind.otherWord }
      appendUTF8(lower.value, to: &folded)
      at += length
    }
    append(start, end, kind, shape, gap, WordHash.folded(folded, folded.count), &tokens)
    return end
  }

  /// Thai, Lao, Khmer, Myanmar, kana, and Chinese characters: scripts that write without spaces.
  func isUnspaced(_ v: UInt32) -> Bool {
    (v >= 0x0E00 && v < 0x0F00) || (v >= 0x1000 && v < 0x10A0) || (v >= 0x1780 && v < 0x1800)
      || (v >= 0x3040 && v < 0x3100) || (v >= 0x3400 && v < 0xA000) || (v >= 0xF900 && v < 0xFB00)
      || (v >= 0x20000 && v < 0x40000)
  }

  @inline(__always)
  mutating func asciiShape(_ start: Int, _ end: Int) -> UInt8 {
    let length = end - start
    load(start)
    if (start & 63) + length <= 64 {
      let upper = classes.upper >> UInt64(start & 63)
      let mask: UInt64 = length == 64 ? ~0 : (1 << UInt64(length)) &- 1
      let inside = upper & mask
      var shape: UInt8 = UInt8(truncatingIfNeeded: inside & 1)
      if inside & ~1 != 0 { shape |= TokenShape.innerUpper }
      if inside != mask { shape |= TokenShape.hasLower }
      return shape
    }
    var shape: UInt8 = p[start] & 0x20 == 0 ? TokenShape.firstUpper : TokenShape.hasLower
    for i in start + 1..<end { shape |= p[i] & 0x20 == 0 ? TokenShape.innerUpper : TokenShape.hasLower }
    return shape
  }

  mutating func beyondASCII(_ at: Int, gap: inout UInt8, into tokens: inout TokenTable) -> Int {
    let (scalar, length) = UTF8Decoding.scalar(p, at, n)
    switch CharacterClass.of(scalar) {
    case .letter, .mark:
      var end = at + length
      while end < n {
        if p[end] == 0x27 {
          guard end + 1 < n, isLetter(at: end + 1) else { break }
          end += 1
        } else if p[end] < 0x80 {
          guard isASCIILetter(p[end]) else { break }
          end = letterEnd(end)
        } else {
          let (next, more) = UTF8Decoding.scalar(p, end, n)
          var belongs = false
          switch CharacterClass.of(next) {
          case .letter, .mark: belongs = true
          default: break
          }
          guard belongs else { break }
          end += more
        }
      }
      _ = finishWord(at, end, false, gap, &tokens)
      gap = TokenGap.none
      return end
    case .digit, .punctuation:
      var kind = TokenKind.other
      if case .punctuation(let mark) = CharacterClass.of(scalar) { kind = mark }
      append(at, at + length, kind, 0, gap, 0, &tokens)
      gap = TokenGap.none
    case .space: gap = max(gap, TokenGap.space)
    case .lineBreak: gap = max(gap, TokenGap.line)
    case .paragraphBreak: gap = TokenGap.paragraph
    case .invisible: break
    }
    return at + length
  }

  /// An ASCII mark; runs of dots and of hyphens are one token.
  func mark(_ at: Int, gap: UInt8, into tokens: inout TokenTable) -> Int {
    let b = p[at]
    var end = at + 1
    var kind = marks[Int(b)]
    if b == 0x2E || b == 0x2D {
      while end < n, p[end] == b { end += 1 }
      if end > at + 1 { kind = b == 0x2E ? TokenKind.ellipsis : TokenKind.dash }
    }
    append(at, end, kind, 0, gap, 0, &tokens)
    return end
  }
}
