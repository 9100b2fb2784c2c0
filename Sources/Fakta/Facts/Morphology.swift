/// Verbs by their affixes, from `morphology.tsv`.
struct Morphology: Sendable {
  private struct Rule: Sendable {
    var prefix: [UInt8]
    var restores: UInt8?
    var voice: WordBits
    var needsSuffix: Bool
  }

  private var rules: [Rule] = []
  /// First letters of the prefixes, as bits by their place in the alphabet: most words begin with another one.
  private var firstLetters: UInt32 = 0
  private var exceptions: Set<UInt64> = []
  private var agentless: [[UInt8]] = []
  /// Roots of the verbs' list: known words, whatever the statistics say.
  private var roots: Set<UInt64> = []
  private static let clitic = Array("nya".utf8)
  private static let suffixes: [[UInt8]] = [[], Array("kan".utf8), Array("i".utf8), clitic]

  init(lexicon: Lexicon) {
    for entry in lexicon.rows(table: "morphology") {
      let part = Array(lexicon.cell(entry, "form").utf8)
      if lexicon.cell(entry, "kind") == "exception" {
        exceptions.insert(WordHash.folded(part, part.count))
        continue
      }
      if lexicon.cell(entry, "kind") == "agentless" {
        agentless.append(part)
        continue
      }
      let voice: WordBits =
        switch lexicon.cell(entry, "voice") {
        case "active": .active
        case "passive": .passive
        default: .intransitive
        }
      rules.append(
        Rule(
          prefix: part, restores: lexicon.cell(entry, "restores").utf8.first, voice: voice,
          needsSuffix: lexicon.cell(entry, "needs") == "suffix"))
    }
    for entry in lexicon.rows(table: "verbs") {
      let root = lexicon.cellBytes(entry, "root")
      if let base = root.baseAddress { roots.insert(WordHash.folded(base, root.count)) }
    }
    for entry in lexicon.rows(table: "verb-lookalikes") {
      let form = Array(lexicon.cell(entry, "form").utf8)
      exceptions.insert(WordHash.folded(form, form.count))
    }
    for rule in rules {
      // A rule without a prefix would begin with any letter.
      firstLetters |= rule.prefix.first.map { 1 << UInt32($0 & 31) } ?? .max
    }
    rules.sort { $0.prefix.count > $1.prefix.count }
  }

  /// The voice of bytes `start..<end` of the text as a verb; empty when the affixes make none.
  func voice(_ bytes: FactRows<UInt8>, _ start: Int, _ end: Int, _ lexicon: Lexicon) -> WordBits {
    guard end - start >= 5, end - start <= 24, start >= 0, end <= bytes.count, let base = bytes.unchecked else {
      return []
    }
    guard firstLetters >> UInt32(base[start] & 31) & 1 != 0 else { return [] }
    let readable = bytes.count - start
    if exceptions.contains(WordHash.ascii(base + start, end - start, readable: readable)) { return [] }
    let clitic = Self.clitic
    let isPossessed = end - start > clitic.count + 4 && Self.begins(base + end - clitic.count, clitic)
    if isPossessed,
      exceptions.contains(WordHash.ascii(base + start, end - start - clitic.count, readable: readable))
    {
      return []
    }
    for rule in rules where end - start >= rule.prefix.count + 3 && Self.begins(base + start, rule.prefix) {
      for suffix in Self.suffixes where !rule.needsSuffix || !suffix.isEmpty {
        let from = start + rule.prefix.count
        let to = end - suffix.count
        guard to - from >= 3, Self.begins(base + to, suffix), isRoot(bytes, from, to, rule.restores, lexicon) else {
          continue
        }
        // "berlakunya", "terpadatnya": without an object to stand for, the clitic makes a noun or a superlative.
        if isPossessed, rule.voice == .intransitive || isAgentless(bytes, start, end),
          end - clitic.count - from >= 3, isRoot(bytes, from, end - clitic.count, rule.restores, lexicon)
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
    return agentless.contains { end - start > $0.count && Self.begins(base + start, $0) }
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
