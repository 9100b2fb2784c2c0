import CFaktaText

/// Verbs by their affixes, from `morphology.tsv`.
///
/// A reference, since it is asked for each new word: so many tables would be copied for each call.
final class Morphology: @unchecked Sendable {
  /// Up to eight letters of an affix as one number.
  private struct Affix {
    var letters: UInt64 = 0
    var mask: UInt64 = 0
    var count = 0

    /// No affix of the language is longer than eight letters: a longer one fits nothing.
    init(_ bytes: [UInt8]) {
      count = bytes.count
      for (i, b) in bytes.prefix(8).enumerated() {
        letters |= UInt64(b) << UInt64(i * 8)
        mask |= 0xFF << UInt64(i * 8)
      }
      if count > 8 { (letters, mask) = (.max, 0) }
    }
  }

  private struct Rule {
    var prefix: Affix
    var restores: UInt8?
    var voice: WordBits
    var needsSuffix: Bool
  }

  /// Hashes of words: as good as random, so that their low bits are their places.
  private struct WordSet {
    private var keys: [UInt64]
    private let mask: Int

    /// - Parameter hashes: The words; some of them may be the same.
    init(_ hashes: [UInt64]) {
      var size = 16
      while size < hashes.count * 2 { size *= 2 }
      keys = [UInt64](repeating: 0, count: size)
      mask = size - 1
      for hash in hashes where hash != 0 {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while keys[slot] != 0, keys[slot] != hash { slot = (slot + 1) & mask }
        keys[slot] = hash
      }
    }

    func contains(_ hash: UInt64) -> Bool {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while keys[slot] != 0 {
        if keys[slot] == hash { return true }
        slot = (slot + 1) & mask
      }
      return false
    }
  }

  private let rules: [Rule]
  /// First letters of the prefixes, as bits by their place in the alphabet: most words begin with another one.
  private let firstLetters: UInt32
  private let exceptions: WordSet
  private let agentless: [[UInt8]]
  /// Roots of the verbs' list: known words, whatever the statistics say.
  private let roots: WordSet
  /// Suffixes, none at all first, clitics last.
  private let suffixes: [Affix]
  private let clitics: [[UInt8]]

  init(lexicon: Lexicon) {
    var (exceptions, roots): ([UInt64], [UInt64]) = ([], [])
    var (agentless, clitics): ([[UInt8]], [[UInt8]]) = ([], [])
    var suffixes = [Affix([])]
    var rules: [Rule] = []
    func add(_ word: UnsafeBufferPointer<UInt8>, to hashes: inout [UInt64]) {
      if let base = word.baseAddress { hashes.append(WordHash.folded(base, word.count)) }
    }
    ListRows.forEach(of: "morphology", columns: ["form", "kind", "voice", "restores", "needs"], in: lexicon) { row in
      let part = Array(row.bytes(0))
      let kind = row.text(1)
      if kind == "exception" { return add(row.bytes(0), to: &exceptions) }
      if kind == "agentless" { return agentless.append(part) }
      // No suffix of the language is longer than four letters: a longer one fits nothing.
      if kind == "suffix" || kind == "clitic", part.count <= 4 {
        suffixes.append(Affix(part))
        if kind == "clitic" { clitics.append(part) }
        return
      }
      let voice: WordBits =
        switch row.text(2) {
        case "active": .active
        case "passive": .passive
        default: .intransitive
        }
      rules.append(
        Rule(
          prefix: Affix(part), restores: row.bytes(3).first, voice: voice, needsSuffix: row.text(4) == "suffix"))
    }
    // The forms of one root stand side by side.
    var last: UInt64 = 0
    ListRows.forEach(of: "verbs", columns: ["root"], in: lexicon) { row in
      if row.id(0) != last { add(row.bytes(0), to: &roots) }
      last = row.id(0)
    }
    ListRows.forEach(of: "verb-lookalikes", columns: ["form"], in: lexicon) { add($0.bytes(0), to: &exceptions) }
    self.exceptions = WordSet(exceptions)
    self.roots = WordSet(roots)
    self.agentless = agentless
    self.clitics = clitics
    self.suffixes = suffixes
    // A rule without a prefix would begin with any letter.
    firstLetters = rules.reduce(0) { $0 | ($1.prefix.mask == 0 ? .max : 1 << UInt32($1.prefix.letters & 31)) }
    self.rules = rules.sorted { $0.prefix.count > $1.prefix.count }
  }

  /// The voice of bytes `start..<end` of the text as a verb; empty when the affixes make none.
  func voice(_ bytes: FactRows<UInt8>, _ start: Int, _ end: Int, _ lexicon: Lexicon) -> WordBits {
    guard end - start >= 5, end - start <= 24, start >= 0, end <= bytes.count, let base = bytes.unchecked else {
      return []
    }
    guard firstLetters >> UInt32(base[start] & 31) & 1 != 0 else { return [] }
    let readable = bytes.count - start
    if exceptions.contains(WordHash.ascii(base + start, end - start, readable: readable)) { return [] }
    // The clitic at the end of the word.
    var clitic = 0
    for part in clitics where end - start > part.count + 4 && Self.begins(base + end - part.count, part) {
      clitic = part.count
      if exceptions.contains(WordHash.ascii(base + start, end - start - clitic, readable: readable)) { return [] }
    }
    let small: UInt64 = 0x2020_2020_2020_2020
    let head = fk_load_part(base + start, Int64(min(8, end - start))) | small
    let tail = fk_load_part(base + (end - 4), 4) | small
    for r in rules.indices {
      let rule = rules[r]
      guard head & rule.prefix.mask == rule.prefix.letters, end - start >= rule.prefix.count + 3 else { continue }
      for f in suffixes.indices {
        let suffix = suffixes[f]
        let from = start + rule.prefix.count
        let to = end - suffix.count
        guard !rule.needsSuffix || suffix.count > 0, to - from >= 3,
          tail >> UInt64((4 - suffix.count) * 8) & suffix.mask == suffix.letters,
          isRoot(bytes, from, to, rule.restores, lexicon)
        else { continue }
        // "berlakunya", "terpadatnya": without an object to stand for, the clitic makes a noun or a superlative.
        if clitic > 0, rule.voice == .intransitive || isAgentless(bytes, start, end), end - clitic - from >= 3,
          isRoot(bytes, from, end - clitic, rule.restores, lexicon)
        {
          return []
        }
        return rule.voice
      }
    }
    return []
  }

  func isAgentless(_ bytes: FactRows<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start >= 0, end <= bytes.count, let base = bytes.unchecked else { return false }
    return agentless.contains { end - start >= $0.count && Self.begins(base + start, $0) }
  }

  /// Whether a word of letters ends in a clitic that makes a noun of it or says whose it is: `luasnya`.
  func endsInClitic(_ bytes: FactRows<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start >= 0, end <= bytes.count, let base = bytes.unchecked else { return false }
    return clitics.contains { end - start > $0.count + 2 && Self.begins(base + end - $0.count, $0) }
  }

  /// The word to which a clitic is written: `istri` of `istrinya`; 0 where that is none, or none that the lists know.
  func stem(_ bytes: FactRows<UInt8>, _ start: Int, _ end: Int, _ lexicon: Lexicon) -> UInt32 {
    guard start >= 0, end <= bytes.count, let base = bytes.unchecked else { return 0 }
    for part in clitics where end - start > part.count + 2 && Self.begins(base + end - part.count, part) {
      return lexicon.base.word(
        hash: WordHash.ascii(base + start, end - start - part.count, readable: bytes.count - start))
    }
    return 0
  }

  private static func begins(_ text: UnsafePointer<UInt8>, _ part: [UInt8]) -> Bool {
    for (k, b) in part.enumerated() where text[k] | 0x20 != b { return false }
    return true
  }

  /// Whether the rest of the word, with the letter that the prefix swallowed, is a word that is mostly written small.
  private func isRoot(_ bytes: FactRows<UInt8>, _ from: Int, _ to: Int, _ restored: UInt8?, _ lexicon: Lexicon)
    -> Bool
  {
    guard let base = bytes.unchecked else { return false }
    if let restored {
      // `menangkap`: only a vowel follows a swallowed letter.
      switch base[from] | 0x20 {
      case 0x61, 0x65, 0x69, 0x6F, 0x75: break
      default: return false
      }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
        buffer.initialize(repeating: 0)
        buffer[0] = restored
        for k in 0..<(to - from) { buffer[k + 1] = base[from + k] }
        guard let start = buffer.baseAddress else { return false }
        return isKnown(WordHash.ascii(start, to - from + 1, readable: 32), lexicon)
      }
    }
    return isKnown(WordHash.ascii(base + from, to - from, readable: bytes.count - from), lexicon)
  }

  private func isKnown(_ hash: UInt64, _ lexicon: Lexicon) -> Bool {
    if roots.contains(hash) { return true }
    let id = lexicon.base.word(hash: hash)
    guard id != 0 else { return false }
    let tendency = lexicon.caseTendency(ofWord: id)
    return tendency >= 1 && tendency <= 3
  }
}
