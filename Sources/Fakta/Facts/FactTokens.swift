/// What starts at, and what covers, each token of a document: the view of the earlier layers that rules and fact finders share.
///
/// **Cost.** One pass over tokens, matches and annotations; the columns keep their memory from document to document.
struct FactTokens: Sendable {
  /// Index of the entity, date, quantity or number that begins at a token, -1 for none.
  private(set) var entityAt: [Int32] = []
  private(set) var dateAt: [Int32] = []
  private(set) var quantityAt: [Int32] = []
  private(set) var numberAt: [Int32] = []
  /// Index of the entity, date or quantity that covers a token, -1 for none.
  private(set) var entityIn: [Int32] = []
  private(set) var dateIn: [Int32] = []
  private(set) var quantityIn: [Int32] = []
  /// Index of the sentence that holds a token; -1 in captions and outside sentences, which yield no facts.
  private(set) var sentenceOf: [Int32] = []
  /// Hashes and kinds of the tokens, as the token table has them.
  private(set) var hash: [UInt64] = []
  private(set) var kind: [UInt8] = []
  /// Whether a sentence is a dateline, by its index.
  private(set) var isDateline: [Bool] = []
  /// Classes of all list phrases that begin at a token; empty inside an entity.
  private(set) var classes: [ClassSet] = []
  private(set) var count = 0

  mutating func fill(_ document: Document, _ lexicon: Lexicon) {
    count = document.tokens.count
    Self.clear(&entityAt, count)
    Self.clear(&dateAt, count)
    Self.clear(&quantityAt, count)
    Self.clear(&numberAt, count)
    Self.clear(&entityIn, count)
    Self.clear(&dateIn, count)
    Self.clear(&quantityIn, count)
    Self.clear(&sentenceOf, count)
    let tokens = document.tokens
    hash.removeAll(keepingCapacity: true)
    kind.removeAll(keepingCapacity: true)
    for i in 0..<count {
      hash.append(tokens.hash[i])
      kind.append(tokens.kind[i])
    }
    classes.removeAll(keepingCapacity: true)
    classes.append(contentsOf: repeatElement(ClassSet(), count: count + 1))
    for (i, e) in document.entities.enumerated() { mark(e.span, Int32(i), &entityAt, &entityIn) }
    for (i, d) in document.dates.enumerated() { mark(d.span, Int32(i), &dateAt, &dateIn) }
    for (i, q) in document.quantities.enumerated() { mark(q.span, Int32(i), &quantityAt, &quantityIn) }
    for (i, n) in document.numbers.enumerated() where n.span.start >= 0 && Int(n.span.start) < count {
      numberAt[Int(n.span.start)] = Int32(i)
    }
    markSentences(document)
    document.matches.withUnsafeBufferPointer { matches in
      document.matchIndex.withUnsafeBufferPointer { index in
        guard index.count > count else { return }
        for i in 0..<count where entityIn[i] < 0 || entityAt[i] >= 0 {
          var set = ClassSet()
          for m in Int(index[i])..<Int(index[i + 1]) { set = set.union(lexicon.classes(at: matches[m].state)) }
          classes[i] = set
        }
      }
    }
  }

  private static func clear(_ column: inout [Int32], _ count: Int) {
    column.removeAll(keepingCapacity: true)
    column.append(contentsOf: repeatElement(-1, count: count + 1))
  }

  private func mark(_ span: TokenSpan, _ value: Int32, _ at: inout [Int32], _ covering: inout [Int32]) {
    guard span.start >= 0, Int(span.end) <= count, span.start < span.end else { return }
    at[Int(span.start)] = value
    for i in span.range { covering[i] = value }
  }

  private mutating func markSentences(_ document: Document) {
    isDateline.removeAll(keepingCapacity: true)
    isDateline.append(contentsOf: repeatElement(false, count: document.sentences.count))
    var region = 0
    for (i, sentence) in document.sentences.enumerated() {
      while region < document.regions.count, document.regions[region].span.end <= sentence.start { region += 1 }
      if region < document.regions.count, document.regions[region].kind == .dateline,
        document.regions[region].span.contains(sentence)
      {
        isDateline[i] = true
      }
      if region < document.regions.count, document.regions[region].span.contains(sentence),
        document.regions[region].kind == .caption || document.regions[region].kind == .boilerplate
          || document.regions[region].kind == .byline
      {
        continue
      }
      for t in sentence.range where t < count { sentenceOf[t] = Int32(i) }
    }
  }
}
