import CFaktaICU
import FaktaTestSupport
import Testing

@testable import Fakta

/// Our boundaries of words and sentences beside ICU's: every difference must be of a kind that is wanted, and is named here.
///
/// The texts are the corpora and news articles.
@Suite struct BoundaryTests {
  static func texts() throws -> [String] {
    var texts = try NewsArticles.texts()
    for name in ["dates", "entities", "events", "figures", "quantities", "regions", "roles", "statements"] {
      texts += try Corpus.read("id/\(name).txt").map(\.text)
    }
    texts += try Corpus.read("id/sentences.txt").map { $0.text.filter { $0 != "‖" } }
    return texts
  }

  private func ends(_ kind: Int, _ bytes: [UInt8]) throws -> [Int] {
    let breaks = try #require(fk_breaks_open(Int32(kind), "id"))
    defer { fk_breaks_close(breaks) }
    var out = [Int32](repeating: 0, count: bytes.count + 2)
    let n = fk_breaks_utf8(breaks, bytes, Int64(bytes.count), &out, nil, Int64(out.count))
    #expect(n >= 0)
    return out[0..<max(0, Int(n))].map(Int.init)
  }

  // MARK: Words

  @Test func wordsDifferFromICUOnlyWhereWanted() throws {
    var unexplained: [String] = []
    var count = 0
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.tokens])
    var document = Document()
    for text in try Self.texts() {
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      let (bytes, tokens) = (document.bytes, document.tokens)
      guard !bytes.isEmpty else { continue }
      func isInside(_ p: Int) -> Bool {
        p > 0 && p < bytes.count && !isSpace(bytes, before: p) && !isSpace(bytes, at: p)
      }
      let ours = Set((0..<tokens.count).flatMap { [Int(tokens.start[$0]), Int(tokens.end[$0])] }.filter(isInside))
      let icu = Set(try ends(0, bytes).filter(isInside))
      for p in ours.symmetricDifference(icu).sorted() {
        count += 1
        if Self.reason(word: p, oursSplits: ours.contains(p), bytes) == nil {
          unexplained.append("\(ours.contains(p) ? "ours" : "ICU") parts \(context(p, bytes))")
        }
      }
    }
    #expect(count > 500)
    #expect(unexplained == [])
  }

  private func isSpace(_ bytes: [UInt8], before p: Int) -> Bool {
    Self.scalars(p, bytes).before.properties.isWhitespace
  }
  private func isSpace(_ bytes: [UInt8], at p: Int) -> Bool { Self.scalars(p, bytes).after.properties.isWhitespace }

  private static func scalars(_ p: Int, _ bytes: [UInt8]) -> (before: Unicode.Scalar, after: Unicode.Scalar) {
    var start = p - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = p + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let before = String(decoding: bytes[start..<p], as: UTF8.self).unicodeScalars.first ?? " "
    let after = String(decoding: bytes[p..<end], as: UTF8.self).unicodeScalars.first ?? " "
    return (before, after)
  }

  /// Why our words part at `p` and ICU's do not, or the other way round; nil when there is no reason.
  private static func reason(word p: Int, oursSplits: Bool, _ bytes: [UInt8]) -> String? {
    let (a, b) = scalars(p, bytes)
    func isLetter(_ s: Unicode.Scalar) -> Bool { s.properties.isAlphabetic }
    func isDigit(_ s: Unicode.Scalar) -> Bool { s.properties.generalCategory == .decimalNumber }
    if oursSplits {
      if a == "@" || b == "@" { return "addresses are built later" }
      let joiners: Set<Unicode.Scalar> = [".", ",", "'", ":", ";", "·", "_", "•", "․", "’"]
      if joiners.contains(a) || joiners.contains(b) {
        return "numbers, domains and times are built later, from tokens without gaps"
      }
      if (isLetter(a) && isDigit(b)) || (isDigit(a) && isLetter(b)) { return "letters and digits never share a token" }
      if CaseFolding.isUpper(b), isLetter(a), !CaseFolding.isUpper(a) { return "words glued by a lost line break" }
      if a.value > 0x2000 || b.value > 0x2000 { return "pictures of several scalars" }
      if b.properties.generalCategory == .nonspacingMark { return "a mark on what is no letter" }
      return nil
    }
    if a == b, a == "." || a == "-" { return "runs of dots and of hyphens are one token" }
    if a.value >= 0x0E00 || b.value >= 0x0E00 { return "scripts without spaces are one token per run" }
    if a == "'" || b == "'" { return "an apostrophe between letters belongs to the word" }
    if isLetter(a), isLetter(b), script(a) != script(b) { return "letters of several scripts in one word" }
    return nil
  }

  /// The first word of a letter's name: LATIN, CYRILLIC.
  private static func script(_ letter: Unicode.Scalar) -> Substring? {
    letter.properties.name?.prefix { $0 != " " }
  }

  // MARK: Sentences

  @Test func sentencesDifferFromICUOnlyWhereWanted() throws {
    var unexplained: [String] = []
    var reasons: [String: Int] = [:]
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.sentences])
    var document = Document()
    for text in try Self.texts() {
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      let (bytes, tokens) = (document.bytes, document.tokens)
      guard tokens.count > 0 else { continue }
      let ours = Set(document.sentences.map { Int($0.start) }.filter { $0 > 0 })
      var icu: Set<Int> = []
      var token = 0
      for end in try ends(1, bytes) {
        while token < tokens.count, Int(tokens.start[token]) < end { token += 1 }
        if token > 0, token < tokens.count { icu.insert(token) }
      }
      for t in ours.symmetricDifference(icu).sorted() {
        let reason = ours.contains(t) ? Self.reasonToPart(t, document) : Self.reasonToJoin(t, document)
        if let reason {
          reasons[reason, default: 0] += 1
        } else {
          unexplained.append("\(ours.contains(t) ? "ours" : "ICU") parts \(context(Int(tokens.start[t]), bytes))")
        }
      }
    }
    #expect(reasons.count >= 6, "\(reasons)")
    #expect(unexplained == [])
  }

  /// Why a sentence of ours begins at token `t` and none of ICU's.
  private static func reasonToPart(_ t: Int, _ document: Document) -> String? {
    let tokens = document.tokens
    if document.regions.contains(where: { Int($0.span.start) == t || Int($0.span.end) == t }) {
      return "a region begins or ends"
    }
    if tokens.gap[t] >= TokenGap.line { return "a line ends" }
    if tokens.gap[t] == TokenGap.none { return "the space behind a full stop was lost" }
    if (max(0, t - 3)..<t).contains(where: { tokens.kind[$0] == TokenKind.ellipsis }) {
      return "an ellipsis ends a sentence before a capital"
    }
    if tokens.kind[t] != TokenKind.word {
      return "a number, bracket or quotation begins a sentence, whatever follows it"
    }
    // "24M. Pesawat", "U.S. Ia": ICU keeps a dot between capitals or before what it takes for small letters.
    if tokens.kind[t - 1] == TokenKind.period || tokens.kind[t - 1] >= TokenKind.closeParen {
      return "a full stop before a capital"
    }
    return nil
  }

  /// Why a sentence of ICU's begins at token `t` and none of ours.
  private static func reasonToJoin(_ t: Int, _ document: Document) -> String? {
    let tokens = document.tokens
    if document.regions.contains(where: { Int($0.span.start) <= t && t <= Int($0.span.end) }) {
      return "bylines and boilerplate hold no sentences"
    }
    if tokens.gap[t] >= TokenGap.line { return "lines that are wrapped, or go on with a small letter" }
    // A closing bracket or quotation mark, then the mark that ended something.
    var mark = t - 1
    while mark > 0, tokens.kind[mark] > TokenKind.exclamation { mark -= 1 }
    if tokens.kind[t] == TokenKind.word, !tokens.isCapitalized(t) {
      return "a small letter begins no sentence: \"Siap?\" kata"
    }
    if isInsideQuotation(t, document) { return "a quotation stays whole" }
    guard tokens.kind[mark] == TokenKind.period, mark > 0 else {
      return tokens.kind[t] == TokenKind.word
        ? (tokens.kind[mark] == TokenKind.exclamation ? "a name with an exclamation mark" : nil)
        : "marks begin no sentence"
    }
    if isAbbreviation(mark, document) { return "abbreviations, initials and degrees" }
    if tokens.kind[mark - 1] == TokenKind.number || tokens.length(mark - 1) == 1 {
      return "numbers and letters of a list"
    }
    if tokens.kind[t] == TokenKind.openParen { return "a short bracket belongs to what stands before it" }
    if tokens.kind[t] != TokenKind.word, tokens.kind[t] != TokenKind.number { return "marks begin no sentence" }
    return nil
  }

  /// Whether the full stop `mark` is that of an initial, or of what the lists call an abbreviation.
  private static func isAbbreviation(_ mark: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    if tokens.kind[mark - 1] == TokenKind.word, tokens.length(mark - 1) == 1, tokens.isCapitalized(mark - 1) {
      return true
    }
    let lexicon = TestLexicon.shared
    let abbreviations = ["abbr-name", "abbr-number", "abbr-end"].map { lexicon.wordClass($0) }
    func isListed(_ classes: ClassSet) -> Bool { abbreviations.contains { classes.intersects($0) } }
    if isListed(lexicon.classes(ofWord: tokens.id[mark - 1])) { return true }
    // With dots inside: S.Pd, M.Hum, a.n.
    return (max(0, mark - 6)..<mark).contains { first in
      document.matchRange(at: first).contains { m in
        Int(document.matches[m].end) == mark && isListed(lexicon.classes(at: document.matches[m].state))
      }
    }
  }

  private static func isInsideQuotation(_ t: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    var open = false
    var i = t - 1
    while i >= 0 {
      switch tokens.kind[i] {
      case TokenKind.openQuote: return true
      case TokenKind.closeQuote: return false
      case TokenKind.quote: open.toggle()
      default: break
      }
      if i < t, tokens.gap[i] == TokenGap.paragraph { break }
      i -= 1
    }
    return open
  }

  private func context(_ p: Int, _ bytes: [UInt8]) -> String {
    let before = String(decoding: bytes[max(0, p - 30)..<p], as: UTF8.self)
    let after = String(decoding: bytes[p..<min(bytes.count, p + 30)], as: UTF8.self)
    return "\(before)¦\(after)"
  }
}
