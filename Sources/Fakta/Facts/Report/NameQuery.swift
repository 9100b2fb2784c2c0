/// The people, places and organizations that `--entity` asks for, by names and ids.
///
///     Jokowi        what the lists know by this name: per:joko-widodo, also where an article says "Joko Widodo"
///     Lavrov        a person with these words in the name: Sergei Lavrov
///     country:id    the thing with this id
///
/// All mentions of a thing count when one does. Words are compared whole, in any case. A place or an organization has the
/// name as a whole (`Indonesia` is not `Bank Indonesia`), unless the lists know nothing by that name: then the words may
/// stand in a longer one.
///
/// **Errors.** `Problem` for a name without a letter or digit.
public struct NameQuery: Sendable {
  public struct Problem: Error, CustomStringConvertible {
    public var name: String
    public var description: String {
      "--entity '\(name)' names nobody; write a name or an id, such as Lavrov or country:id"
    }
  }

  /// A mention as the query sees it.
  public struct Mention {
    public var text: String
    /// The canonical name of what is mentioned.
    public var name: String
    public var isPerson: Bool
    /// The id of the lists' entry; empty for none.
    public var id: String
    /// Mentions of one thing share it; 0 for none.
    public var number: Int

    public init(text: String, name: String, isPerson: Bool, id: String, number: Int) {
      self.text = text
      self.name = name
      self.isPerson = isPerson
      self.id = id
      self.number = number
    }
  }

  private struct Name: Sendable {
    var words: [String]
    /// Whether the lists know something by it.
    var isListed = false
  }

  /// The names as they were given, for people.
  public let description: String
  private var names: [Name] = []
  private var ids: Set<String>

  public init(_ names: [String]) throws(Problem) {
    for name in names {
      let words = Self.words(of: name)
      guard !words.isEmpty else { throw Problem(name: name) }
      self.names.append(Name(words: words))
    }
    ids = Set(names)
    description = names.joined(separator: "”, “")
  }

  /// Learns what the lists know by the names.
  public mutating func resolve(in lexicon: Lexicon) {
    var lookup = LexiconLookup(lexicon: lexicon)
    for i in names.indices {
      for hit in lookup.hits(in: names[i].words.joined(separator: " ")).joined()
      where hit.isName && Self.words(of: hit.text) == names[i].words {
        names[i].isListed = true
        if !hit.id.isEmpty { ids.insert(hit.id) }
      }
    }
  }

  /// The indices of the mentions that are asked for, in order.
  public func indices(in mentions: [Mention]) -> [Int] {
    var ids = ids
    var numbers: Set<Int> = []
    var found = mentions.map { asksFor($0) }
    for (i, mention) in mentions.enumerated() where found[i] {
      if mention.number > 0 { numbers.insert(mention.number) }
      if !mention.id.isEmpty { ids.insert(mention.id) }
    }
    for (i, mention) in mentions.enumerated() {
      found[i] = found[i] || numbers.contains(mention.number) || ids.contains(mention.id)
    }
    return mentions.indices.filter { found[$0] }
  }

  private func asksFor(_ mention: Mention) -> Bool {
    if ids.contains(mention.id) { return true }
    let written = [mention.text, mention.name].map(Self.words)
    return names.contains { name in
      written.contains {
        mention.isPerson || !name.isListed ? $0.holds(name.words) : $0 == name.words
      }
    }
  }

  /// The runs of letters and digits, in lower case.
  private static func words(of text: String) -> [String] {
    FactFilter.folded(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension [String] {
  /// Whether `words` stand in it, one behind the other.
  fileprivate func holds(_ words: [String]) -> Bool {
    guard count >= words.count else { return false }
    return (0...(count - words.count)).contains { self[$0..<($0 + words.count)].elementsEqual(words) }
  }
}

extension Document {
  /// Where the things that a query asks for are mentioned, in text order.
  func spans(of query: NameQuery, _ lexicon: Lexicon) -> [TokenSpan] {
    let mentions = entities.enumerated().map { i, entity in
      NameQuery.Mention(
        text: String(decoding: raw[rawRange(of: entity.span, trim: Int(entity.trim))], as: UTF8.self),
        name: canonicalName(of: i, lexicon), isPerson: entity.label == .person,
        id: entity.entry.map { String(decoding: lexicon.idBytes($0), as: UTF8.self) } ?? "", number: Int(entity.number))
    }
    return query.indices(in: mentions).map { entities[$0].span }
  }

  /// Whether a slot of a fact, what is said aside, holds one of `spans`, which are in text order.
  func fact(_ fact: Fact, holdsOneOf spans: [TokenSpan]) -> Bool {
    slots[fact.slots].contains { slot in
      guard slot.name != .content else { return false }
      var (low, high) = (0, spans.count)
      while low < high {
        let middle = (low + high) / 2
        if spans[middle].start < slot.span.start { low = middle + 1 } else { high = middle }
      }
      return low < spans.count && slot.span.contains(spans[low])
    }
  }
}
