/// Names of persons that are spelt by other rules: old and new letters (`Djaja`, `Jaya`), letters of other scripts in Latin
/// ones (`Achmad`, `Ahmad`), accents (`Suárez`, `Suarez`), doubled letters, and initials for the words that they begin.
struct SpeltName {
  private let text: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// The last letter, which is read once where it is written twice.
  private var last: UInt8 = 0

  private init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Whether both are read alike, word by word; an initial stands for a word that begins with it, where another word of more
  /// than one letter is the same.
  static func areAlike(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var (x, y) = (SpeltName(a), SpeltName(b))
    var words = 0
    while true {
      let (isInitial, isOther) = (x.isAtInitial, y.isAtInitial)
      var isWord = false
      var isFirst = true
      while true {
        let (p, q) = (x.next(), y.next())
        if isFirst, p == 0, q == 0 { return words > 0 }
        if p == q {
          if p == 0 || p == space { break }
          isFirst = false
          isWord = true
          continue
        }
        // The rest of the word behind its initial.
        guard !isFirst, isInitial != isOther, p <= space || q <= space else { return false }
        if p <= space { y.skipWord() } else { x.skipWord() }
        isWord = false
        break
      }
      if isWord, !isInitial || !isOther { words += 1 }
    }
  }

  private static let space: UInt8 = 0x20

  /// Whether the next word is one letter.
  private var isAtInitial: Bool {
    var reader = self
    _ = reader.letter()
    return reader.at > at && reader.at <= text.count && !reader.isInWord
  }

  private var isInWord: Bool { at < text.count && (text[at] >= 0x80 || isLetter(text[at]) || text[at] == 0x27) }

  private func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  private mutating func skipWord() {
    while isInWord { at += 1 }
    _ = next()
  }

  /// The next letter as it is read; a space between words, 0 at the end.
  private mutating func next() -> UInt8 {
    while at < text.count {
      guard isInWord else {
        while at < text.count, !isInWord { at += 1 }
        last = 0
        return at < text.count ? Self.space : 0
      }
      let letter = sound()
      guard letter != 0, letter != last else { continue }
      last = letter
      return letter
    }
    last = 0
    return 0
  }

  /// One letter in lower case and without its accent; 0 for a mark inside a word.
  private mutating func letter() -> UInt8 {
    guard at < text.count else { return 0 }
    let byte = text[at]
    at += 1
    if byte < 0x80 { return byte == 0x27 ? 0 : byte < 0x40 ? byte : byte | 0x20 }
    guard byte == 0xC3 || byte == 0xC4 || byte == 0xC5, at < text.count else { return byte }
    let second = text[at]
    at += 1
    let base = byte == 0xC3 ? Self.latin1[Int(second & 0x1F)] : Self.extended[Int(byte & 1) * 64 + Int(second & 0x3F)]
    return base == 0x2E ? second : base
  }

  /// What U+00C0 to U+00DF are without accents, and the small letters behind them; a dot for others.
  private static let latin1 = Array("aaaaaa.ceeeeiiii.nooooo.ouuuuy.y".utf8)
  /// The same of U+0100 to U+017F.
  private static let extended = Array(
    ("aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllll."
      + ".llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.").utf8)

  /// The letters that are read as one.
  private mutating func sound() -> UInt8 {
    let one = letter()
    let before = at
    let two = isInWord ? letter() : 0
    var reads = one
    switch (Unicode.Scalar(one), Unicode.Scalar(two)) {
    case ("c", "h"), ("k", "h"): reads = UInt8(ascii: "h")
    case ("s", "h"), ("s", "y"), ("s", "j"), ("s", "z"): reads = UInt8(ascii: "s")
    case ("t", "h"): reads = UInt8(ascii: "t")
    case ("d", "h"): reads = UInt8(ascii: "d")
    case ("d", "z"): reads = UInt8(ascii: "z")
    case ("t", "j"): reads = UInt8(ascii: "c")
    case ("d", "j"), ("i", "e"): reads = UInt8(ascii: "i")
    case ("o", "e"), ("u", "e"): reads = UInt8(ascii: "u")
    case ("c", "k"): reads = UInt8(ascii: "k")
    case ("p", "h"): reads = UInt8(ascii: "f")
    default:
      at = before
      switch Unicode.Scalar(one) {
      case "o": reads = UInt8(ascii: "u")
      case "j", "y": reads = UInt8(ascii: "i")
      case "v": reads = UInt8(ascii: "f")
      case "q": reads = UInt8(ascii: "k")
      default: break
      }
    }
    // `Abdullah`, `Abdulla`
    return reads == UInt8(ascii: "h") && !isInWord ? 0 : reads
  }
}
