/// Everything in the lists that a text would hit, and which name would win by the lists alone.
///
///     Partai Golkar
///       Partai Golkar: ORG party, name, org:partai-golkar, id/organizations/parties.tsv:12 ← wins: the only name here
///       Partai (listed as 'partai'): org-head, id/cues/org-heads.tsv:386
///
/// In an article the words around decide too; `fakta explain` shows that. Names are ranked, first to last, by: longest match;
/// written as the list wants it; added by the user; without `needs-cue`, `common-word`, `ambiguous`; canonical names before
/// aliases; order of the lists.
public struct LexiconLookup {
  /// One listing that a text hits.
  public struct Hit: Sendable {
    public var text: String
    public var form: String
    /// Label and subtype of a name, or the classes of a word.
    public var kind: String
    public var name: String
    public var id: String
    public var flags: [String]
    public var file: String
    public var line: Int
    public var isName: Bool
    public var isUser: Bool
    /// False when the form counts only as it is written, and the text writes it otherwise.
    public var counts: Bool
    var length: Int
    var isAlias: Bool
    var doubts: Int
    var order: Int

    /// Ranks of the criteria, the most important first; the smallest wins.
    var rank: [Int] { [-length, counts ? 0 : 1, isUser ? 0 : 1, doubts, isAlias ? 1 : 0, order] }
  }

  private let lexicon: Lexicon
  private var matcher: LexiconMatcher

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    matcher = LexiconMatcher(lexicon: lexicon, keepsInexact: true)
  }

  /// All hits in `text`, by their first word, longest first, the winner of each place first.
  public mutating func hits(in text: String) -> [[Hit]] {
    var document = Document()
    document.reset(text: Array(text.utf8))
    var normalize = NormalizeStage()
    normalize.run(on: &document)
    var tokenize = TokenizeStage()
    tokenize.run(on: &document)
    matcher.lookUp(document.bytes, &document.tokens)
    matcher.match(document.bytes, document.tokens, matches: &document.matches, index: &document.matchIndex)
    return (0..<document.tokens.count).compactMap { i in
      var hits: [Hit] = []
      for m in document.matchRange(at: i) { addHits(document.matches[m], document, &hits) }
      hits.sort { $0.rank.lexicographicallyPrecedes($1.rank) }
      return hits.isEmpty ? nil : hits
    }
  }

  private func addHits(_ match: Match, _ document: Document, _ hits: inout [Hit]) {
    let span = TokenSpan(Int(match.start), Int(match.end))
    let range = document.range(of: span)
    let text = String(
      decoding: document.bytes[range.lowerBound..<range.upperBound - Int(document.trim(of: match))], as: UTF8.self)
    for listing in lexicon.listings(at: match.state) {
      let place = lexicon.place(of: listing.entry)
      let label = lexicon.label(of: listing.entry)
      let isName = label != .none
      let subtype = lexicon.cell(listing.entry, "subtype")
      let kind =
        isName
        ? "\(label.code)\(subtype.isEmpty ? "" : " " + subtype)"
        : lexicon.classNames(of: lexicon.classes(of: listing.entry)).joined(separator: " ")
      hits.append(
        Hit(
          text: text, form: lexicon.form(of: listing), kind: kind, name: lexicon.cell(listing.entry, "name"),
          id: isName ? lexicon.cell(listing.entry, "id") : "", flags: listing.flags.subtracting(.alias).listed,
          file: place.file,
          line: place.line, isName: isName, isUser: listing.entry.isUser,
          counts: !listing.flags.contains(.exactCase) || lexicon.isExact(listing, match, document),
          length: Int(match.end - match.start), isAlias: listing.flags.contains(.alias),
          doubts: listing.flags.isDisjoint(with: [.needsCue, .commonWord, .ambiguous]) ? 0 : 1, order: hits.count))
    }
  }

  /// The hits of `text` as lines for people.
  public mutating func report(_ text: String) -> String {
    let places = hits(in: text)
    guard !places.isEmpty else { return "\(text)\n  nothing: no list has a word of it\n" }
    var out = "\(text)\n"
    for hits in places {
      let names = hits.filter { $0.isName && $0.counts }
      for (i, hit) in hits.enumerated() {
        out += "  \(Self.line(hit))"
        if !hit.counts {
          out += " ← not here: it counts only as '\(hit.form)'"
        } else if i == hits.firstIndex(where: { $0.isName && $0.counts }) {
          out += " ← wins: \(Self.reason(names))"
        }
        out += "\n"
      }
    }
    return out
  }

  private static func line(_ hit: Hit) -> String {
    var line = hit.text == hit.form ? hit.text : "\(hit.text) (listed as '\(hit.form)')"
    line += ": \(hit.kind.isEmpty ? "word" : hit.kind)"
    if hit.isName { line += hit.isAlias ? ", alias of \(hit.name)" : ", name" }
    if !hit.id.isEmpty { line += ", \(hit.id)" }
    if !hit.flags.isEmpty { line += ", \(hit.flags.joined(separator: " "))" }
    return line + ", \(hit.file):\(hit.line)"
  }

  /// Why the first of `names` stands before the second.
  private static func reason(_ names: [Hit]) -> String {
    guard names.count > 1 else { return "the only name here" }
    let (winner, second) = (names[0], names[1])
    let reasons = [
      "the longest name", "written as listed", "added by you", "no flag puts it in doubt",
      "a name, the next is an alias",
      "its list comes first",
    ]
    for (k, reason) in reasons.enumerated() where winner.rank[k] != second.rank[k] { return reason }
    return reasons[5]
  }
}

extension NameFlags {
  /// The flags as a list writes them.
  var listed: [String] { Self.byName.filter { contains($0.value) }.keys.sorted() }
}
