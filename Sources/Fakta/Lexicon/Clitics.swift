import CFaktaText

/// Endings that are written together with a name (`clitics.tsv`): `Rusialah`, `Jokowipun`, `ke-Indonesiaan`.
///
/// A capitalised word that begins no phrase of the lists, and that news does not write small, is looked up again without its
/// ending. `Katanya` at the head of a sentence stays whole: news writes `kata` small.
///
/// **Cost.** A few compares per unknown capitalised word, and one probe when an ending fits.
struct Clitics: Sendable {
  private struct Ending: Sendable {
    /// The letters as the last bytes of a 64-bit word.
    var letters: UInt64
    var mask: UInt64
    var length: Int
    /// Bits of the letters, from a on, behind which nothing is cut.
    var notAfter: UInt32
    /// Hash of the word that must stand before, parted by a hyphen; 0 when none must.
    var after: UInt64
    var needsSeenStem: Bool
  }

  private static let lowerBits: UInt64 = 0x2020_2020_2020_2020
  private static let shortestStem = 3
  /// A word that is written with a capital half of the time or more (`Lexicon.caseTendency`).
  private static let mostlyCapital: UInt8 = 4

  private let endings: [Ending]

  init(lexicon: Lexicon) {
    var endings: [Ending] = []
    for row in lexicon.rows(table: "clitics") {
      let form = Array(lexicon.cellBytes(row, "form"))
      guard !form.isEmpty, form.count <= 8, form.allSatisfy({ $0 < 0x80 }) else { continue }
      var letters: UInt64 = 0
      for byte in form { letters = letters >> 8 | UInt64(byte | 0x20) << 56 }
      var notAfter: UInt32 = 0
      for byte in lexicon.cellBytes(row, "not-after") where byte >= 0x61 && byte <= 0x7A {
        notAfter |= 1 << UInt32(byte - 0x61)
      }
      let after = Array(lexicon.cellBytes(row, "after"))
      endings.append(
        Ending(
          letters: letters, mask: form.count == 8 ? ~0 : ~0 << UInt64(64 - form.count * 8), length: form.count,
          notAfter: notAfter, after: after.isEmpty ? 0 : WordHash.ascii(after, after.count, readable: after.count),
          needsSeenStem: lexicon.cell(row, "stem") == "seen"))
    }
    self.endings = endings.sorted { $0.length > $1.length }
  }

  /// What is found of token `i` without its ending, and the ending's bytes; length 0 when nothing is to be cut.
  ///
  /// - Parameter found: What the whole word is (`Lexicon.find`): nothing, or a word of the statistics.
  func cut(
    _ i: Int, _ found: FoundWord, _ text: UnsafeBufferPointer<UInt8>, _ tokens: TokenTable, _ lexicon: Lexicon
  ) -> (found: FoundWord, length: UInt8) {
    let end = Int(tokens.end[i])
    let length = tokens.length(i)
    guard length >= Self.shortestStem + 2, end >= 8, tokens.shape[i] & TokenShape.nonASCII == 0,
      let p = text.baseAddress
    else {
      return (.none, 0)
    }
    let whole = lexicon.caseTendency(ofWord: found.id)
    guard whole == 0 || whole >= Self.mostlyCapital else { return (.none, 0) }
    let last = fk_load64(p + end - 8) | Self.lowerBits
    for ending in endings where last & ending.mask == ending.letters {
      let stem = length - ending.length
      guard stem >= Self.shortestStem, ending.after == 0 || follows(ending.after, i, tokens) else { continue }
      let letter = UInt32(p[end - ending.length - 1] | 0x20) &- 0x61
      guard letter < 26, ending.notAfter >> letter & 1 == 0 else { continue }
      let start = Int(tokens.start[i])
      let found = lexicon.find(hash: WordHash.ascii(p + start, stem, readable: text.count - start))
      guard !found.isNone else { continue }
      let tendency = lexicon.caseTendency(ofWord: found.id)
      guard tendency >= Self.mostlyCapital || (tendency == 0 && !ending.needsSeenStem) else { continue }
      return (found, UInt8(ending.length))
    }
    return (.none, 0)
  }

  /// Whether the word with this hash and a hyphen stand before token `i`, all written together.
  private func follows(_ hash: UInt64, _ i: Int, _ tokens: TokenTable) -> Bool {
    i >= 2 && tokens.attached(i) && tokens.attached(i - 1) && tokens.kind[i - 1] == TokenKind.hyphen
      && tokens.hash[i - 2] == hash
  }
}
