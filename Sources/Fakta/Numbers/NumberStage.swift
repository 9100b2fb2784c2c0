/// Finds numbers in digits and words and reads their values.
///
///     Perang merenggut 250.000 jiwa, puluhan ribu warga mengungsi.
///                      ╰──┬──╯       ╰────┬────╯
///          Number(low: 250000)    Number(vague, 20000 … 99000)
///
/// Ranges (`5-7`, `lima hingga tujuh`), doubles (`lima (5)`) and ordinals (`ke-70`) are one number. What a number counts, and
/// whether it counts anything, is for later stages.
///
/// **Errors.** None: codes and numbers that cannot be kept exactly yield nothing.
///
/// **Cost.** One table look-up per token; everything else happens only where a digit or a number word stands.
public struct NumberStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches, .regions]
  public static let writes: Layer = .numbers

  private let lists: NumberLists
  private var cache = CueCache()

  public init(lexicon: Lexicon) { self.init(lists: NumberLists(lexicon: lexicon)) }

  init(lists: NumberLists) { self.lists = lists }

  public mutating func run(on document: inout Document) {
    document.numbers.removeAll(keepingCapacity: true)
    let count = document.tokens.count
    guard count > 0 else { return }
    var region = 0
    var i = next(from: 0, in: document.tokens)
    guard i < count else { return }
    // A copy of the stage on another thread has a cache of its own.
    if !isKnownUniquelyReferenced(&cache) { cache = CueCache() }
    let text = NumberText(document, lists: lists, cache: cache)
    let finder = NumberFinder(text: text)
    while true {
      i = next(from: i, in: document.tokens)
      guard i < count else { return }
      if let end = boilerplateEnd(at: i, in: document, region: &region) {
        i = max(end, i + 1)
        continue
      }
      let found = finder.find(at: i, after: document.numbers.last.map { Int($0.span.end) } ?? 0)
      if let number = found.number { document.numbers.append(number) }
      i = max(found.end, i + 1)
    }
  }

  /// The first token from `start` on that a number can begin with.
  private func next(from start: Int, in tokens: TokenTable) -> Int {
    var i = start
    while true {
      if !lists.words.hasUserWords {
        i = tokens.next(from: i, with: TokenTrigger.calendar | TokenTrigger.digits)
      }
      guard i < tokens.count else { return i }
      let kind = tokens.kind[i]
      if kind == TokenKind.number || kind == TokenKind.word && lists.words.isNumberWord(tokens.id[i]) { return i }
      i += 1
    }
  }

  /// The end of the boilerplate around token `i`; nil when it is in none, or when boilerplate counts.
  private func boilerplateEnd(at i: Int, in document: Document, region: inout Int) -> Int? {
    guard !document.includesBoilerplate else { return nil }
    while region < document.regions.count, Int(document.regions[region].span.end) <= i { region += 1 }
    var k = region
    while k < document.regions.count, Int(document.regions[k].span.start) <= i {
      if document.regions[k].kind == .boilerplate, document.regions[k].span.contains(i) {
        return Int(document.regions[k].span.end)
      }
      k += 1
    }
    return nil
  }
}
