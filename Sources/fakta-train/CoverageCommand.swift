import ArgumentParser
import Fakta

/// What the lists alone know of a set's names, and how far they can be believed.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Prints how many names of a set the lists have, and how often each list is right.",
    discussion: """
      A name is covered by the lists when an entry of its label has exactly its extent, and by a cue when it begins with the head
      of a place or organization, follows a head, ends with a suffix, or is a listed place with a direction ("Aleppo Utara").
      A list is right when its longest match at a capitalised word, not flagged needs-cue, common-word or ambiguous, is a name of
      the set with the same label and extent; guidelines differ (a country that acts is no LOC in some sets).
      """)

  @Argument(help: "Sets (folder/part.jsonl).") var sets: [String]
  @Option(help: "The compiled gazetteers.") var gazetteers: String?
  @Option(help: "Print this many uncovered names per label.") var misses = 0
  @Option(help: "Lists with fewer hits are not printed.") var least = 10

  func run() throws {
    let lexicon = try Lexicon.load(gazetteers: gazetteers)
    var pipeline = try Pipeline(lexicon: lexicon, layers: [.matches])
    var document = Document()
    for path in sets {
      let set = try NameSet(path: path)
      var coverage = Coverage(lexicon: lexicon)
      for record in set.records {
        document.reset(text: Array(record.text.utf8))
        pipeline.annotate(&document)
        coverage.add(record, document)
      }
      print(path)
      for label in [EntityLabel.location, .organization, .person] { print("  " + coverage.line(label)) }
      for (label, names) in coverage.missed where misses > 0 {
        for (name, count) in names.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(misses) {
          print("    \(label.code) \(count) \(name)")
        }
      }
      for (file, list) in coverage.lists.sorted(by: { $0.key < $1.key }) where list.hits >= least {
        print("    \(file): \(list.hits) hits, \(list.right * 100 / list.hits) % right")
      }
    }
  }
}

/// The counts of one set.
private struct Coverage {
  struct Counts {
    var all = 0
    var listed = 0
    var cued = 0
  }

  let lexicon: Lexicon
  var counts: [EntityLabel: Counts] = [:]
  var missed: [EntityLabel: [String: Int]] = [:]
  var lists: [String: (hits: Int, right: Int)] = [:]
  private let placeHead, orgHead, orgSuffix, direction: ClassSet

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    placeHead = lexicon.wordClass("place-head")
    orgHead = lexicon.wordClass("org-head")
    orgSuffix = lexicon.wordClass("org-suffix")
    direction = lexicon.wordClass("direction")
  }

  mutating func add(_ record: MarkedText, _ document: Document) {
    var gold: [TokenSpan: EntityLabel] = [:]
    let offsets = record.text.scalarOffsets
    for name in record.names {
      let text = String(String.UnicodeScalarView(Array(record.text.unicodeScalars)[name.start..<name.end]))
      counts[name.label, default: Counts()].all += 1
      guard let span = span(offsets[name.start]..<offsets[name.end], document) else {
        missed[name.label, default: [:]][text, default: 0] += 1
        continue
      }
      gold[span] = name.label
      if isListed(span, name.label, document) {
        counts[name.label]?.listed += 1
      } else if isCued(span, name.label, document) {
        counts[name.label]?.cued += 1
      } else {
        missed[name.label, default: [:]][text, default: 0] += 1
      }
    }
    countHits(gold, document)
  }

  func line(_ label: EntityLabel) -> String {
    let c = counts[label] ?? Counts()
    func percent(_ n: Int) -> String { "\(n * 1000 / max(1, c.all) / 10).\(n * 1000 / max(1, c.all) % 10) %" }
    return
      "\(label.code): \(c.all) names, \(percent(c.listed)) listed, \(percent(c.cued)) by a cue, \(percent(c.listed + c.cued)) together"
  }

  /// The tokens that a range of the raw text covers exactly; nil when it cuts one.
  private func span(_ raw: Range<Int>, _ document: Document) -> TokenSpan? {
    let tokens = 0..<document.tokens.count
    guard
      let first = tokens.first(where: { document.rawRange(of: TokenSpan($0, $0 + 1)).lowerBound == raw.lowerBound }),
      let last = tokens.first(where: { document.rawRange(of: TokenSpan($0, $0 + 1)).upperBound == raw.upperBound }),
      first <= last
    else { return nil }
    return TokenSpan(first, last + 1)
  }

  private func isListed(_ span: TokenSpan, _ label: EntityLabel, _ document: Document) -> Bool {
    document.matchRange(at: Int(span.start)).contains { m in
      let match = document.matches[m]
      return match.end == span.end && !lexicon.names(match, label, document).isEmpty
    }
  }

  private func isCued(_ span: TokenSpan, _ label: EntityLabel, _ document: Document) -> Bool {
    let (start, end) = (Int(span.start), Int(span.end))
    func begins(_ at: Int, _ set: ClassSet) -> Bool { document.longestMatch(at: at, of: set, in: lexicon) != nil }
    func ends(_ set: ClassSet) -> Bool {
      (start..<end).contains { i in
        document.matchRange(at: i).contains { m in
          Int(document.matches[m].end) == end && lexicon.classes(at: document.matches[m].state).intersects(set)
        }
      }
    }
    switch label {
    case .location:
      if begins(start, placeHead) || (start > 0 && begins(start - 1, placeHead)) { return true }
      return end - start > 1 && ends(direction) && isListed(TokenSpan(start, end - 1), label, document)
    case .organization: return begins(start, orgHead) || ends(orgSuffix)
    default: return false
    }
  }

  /// Walks the text by longest matches of unreserved names at capitalised words.
  private mutating func countHits(_ gold: [TokenSpan: EntityLabel], _ document: Document) {
    var i = 0
    while i < document.tokens.count {
      var next = i + 1
      if document.tokens.isCapitalized(i) {
        for m in document.matchRange(at: i).reversed() {
          let match = document.matches[m]
          let names = [EntityLabel.location, .organization, .person].flatMap { lexicon.names(match, $0, document) }
            .filter { $0.flags.isDisjoint(with: [.needsCue, .commonWord, .ambiguous]) }
          guard let name = names.first else { continue }
          let isRight = gold[TokenSpan(Int(match.start), Int(match.end))] == lexicon.label(of: name.entry)
          let file = lexicon.place(of: name.entry).file
          lists[file, default: (0, 0)].hits += 1
          if isRight { lists[file]?.right += 1 }
          next = Int(match.end)
          break
        }
      }
      i = next
    }
  }
}

extension Lexicon {
  /// The listings of a match that are names with this label, and are written so where that matters.
  fileprivate func names(_ match: Match, _ label: EntityLabel, _ document: Document) -> [Listing] {
    listings(at: match.state).filter {
      self.label(of: $0.entry) == label && (!$0.flags.contains(.exactCase) || isExact($0, match, document))
    }
  }
}
