/// One list entry that a text hit: tokens `start..<end`, and the node of the phrase tree where they end.
public struct Match: Sendable, Equatable {
  public var start: Int32
  public var end: Int32
  /// Node of the phrase tree; `Lexicon.entries(at:)` gives the entries that end there.
  public var state: UInt32
}

/// A row of a list: which lexicon image, and which row of all rows in it.
public struct EntryID: Hashable, Sendable {
  public var raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
  var isUser: Bool { raw & Lexicon.userBit != 0 }
}

/// A form of an entry that ends at a node: the entry, and the flags of this form.
public struct Listing: Sendable {
  public var entry: EntryID
  public var flags: NameFlags
  /// String id of the form as the list writes it.
  var form: UInt32
  var image: UInt8
}

/// Every word and phrase of all lists, mapped from the compiled file, with the lists of the user laid over it.
///
/// One vocabulary serves all stages: a token's id is found once, and from then on integers are compared. Phrases of
/// several words are paths through a tree whose steps are vocabulary ids; a node knows the entries that end there.
///
/// **Cost.** Opening is a memory map. A vocabulary look-up is one probe in most cases; so is a step in the tree.
public final class Lexicon: @unchecked Sendable {
  /// Marks nodes, entries and words of the user's lists.
  static let userBit: UInt32 = 0x8000_0000

  let base: LexiconData
  let user: LexiconData?
  /// Ids and roots of the 128 ASCII characters as marks.
  let marks: [FoundWord]

  /// What a user's lists say that may not be meant, such as a `!name` that no list has.
  public internal(set) var notices: [LexiconError] = []
  /// The names that the user's lists take away, one per line.
  var removed = ""
  private let ruleSets: Background<RuleSets>
  /// The rules for facts of the built-in files, then of the user's.
  public var rules: RuleSet { _read { yield ruleSets.value().facts } }
  /// The rules that vote for names.
  public var nameRules: RuleSet { _read { yield ruleSets.value().names } }
  /// The rules for the day of the report.
  public var dateRules: RuleSet { _read { yield ruleSets.value().dates } }

  public convenience init(image: LexiconImage) { self.init(base: LexiconData(image: image), user: nil) }

  /// - Parameter user: Lists that were compiled over `base` (`LexiconCompiler(over:)`).
  init(base: LexiconData, user: LexiconData?) {
    self.base = base
    self.user = user
    let data = base
    marks = (0..<128).map { data.vocabulary.find(hash: WordHash.folded([UInt8($0)], 1)) }
    let lists = RuleLists(base: base, user: user)
    ruleSets = Background { RuleSets(lists) }
  }

  /// Number of words of the vocabulary; ids run from 1 up to it, those of the user's lists last.
  public var wordCount: Int { base.words + (user?.words ?? 0) }

  /// The image of the built-in lists, for stages that keep sections of their own in it.
  public var image: LexiconImage { base.image }

  /// The class called `name`; empty when no list has it.
  public func wordClass(_ name: String) -> ClassSet { ClassSet(index: (user ?? base).classNames[name]) }

  /// The names of the classes in a set.
  func classNames(of set: ClassSet) -> [String] {
    (user ?? base).classList.enumerated().filter { set.intersects(ClassSet(index: $0.offset)) }.map(\.element)
  }

  /// Vocabulary id of a lower-case word, 0 when no list has it.
  public func wordID(_ word: String) -> UInt32 {
    var word = word
    // Most words are plain letters: no table of tokens for one of them.
    let plain: UInt32? = word.withUTF8 { bytes in
      guard !bytes.isEmpty, bytes.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else { return nil }
      return self.word(hash: WordHash.ascii(bytes.baseAddress!, bytes.count, readable: bytes.count))
    }
    if let plain { return plain }
    var tokens = TokenTable()
    Tokenizer().tokenize(Array(word.utf8), into: &tokens)
    guard tokens.count == 1 else { return 0 }
    if tokens.hash[0] != 0 { return self.word(hash: tokens.hash[0]) }
    if let ascii = word.utf8.first, ascii < 0x80 { return marks[Int(ascii)].id }
    let bytes = Array(word.utf8)
    return bytes.withUnsafeBufferPointer { self.word(hash: WordHash.folded($0.baseAddress!, $0.count)) }
  }

  /// Vocabulary id of the word with this hash, 0 when no list has it.
  func word(hash: UInt64) -> UInt32 { find(hash: hash).id }

  /// The word with this hash.
  @inline(__always)
  func find(hash: UInt64) -> FoundWord {
    let found = base.vocabulary.find(hash: hash)
    if found.isNone, let user { return user.vocabulary.find(hash: hash) }
    return found
  }

  /// Classes of a vocabulary word (as a word alone, not as part of a phrase).
  @inlinable public func classes(ofWord id: UInt32) -> ClassSet { _classes(id) }

  @usableFromInline func _classes(_ id: UInt32) -> ClassSet { base.classes(set: base.wordSet[id]) }

  /// Classes of all phrases that begin with the word: a quick no before matches are looked at.
  func classes(ofPhrasesFrom id: UInt32) -> ClassSet { base.classes(set: base.firstSet[id]) }

  /// How often a word is written with a small and with a capital letter inside sentences: 0 never seen, then 1 (always
  /// small) to 7 (always with a capital).
  public func caseTendency(ofWord id: UInt32) -> UInt8 { base.wordCase[id] }

  private func data(_ tagged: UInt32) -> LexiconData {
    if tagged & Self.userBit != 0, let user { return user }
    return base
  }

  /// Calls `body` with the image that `tagged` belongs to, and with the number in it. The branches are apart so that no
  /// references are counted for the built-in lists, which nearly always are meant.
  @inline(__always)
  private func with<R>(_ tagged: UInt32, _ body: (LexiconData, UInt32) -> R) -> R {
    if tagged & Self.userBit == 0 { return body(base, tagged) }
    return body(user ?? base, tagged & ~Self.userBit)
  }

  /// All classes of the entries that end at `state`.
  public func classes(at state: UInt32) -> ClassSet {
    with(state) { data, state in data.classes(set: data.stateSet[state]) }
  }

  /// The listings that end at `state`, in the order of the lists.
  public func listings(at state: UInt32) -> [Listing] {
    let d = data(state)
    let s = state & ~Self.userBit
    let tag = state & Self.userBit
    return d.listings(at: s).compactMap { d.payloadEntry[$0] == LexiconData.hidden ? nil : listing(d, $0, tag) }
  }

  @inline(__always)
  private func listing(_ d: LexiconData, _ i: Int, _ tag: UInt32) -> Listing {
    Listing(
      entry: EntryID(raw: d.payloadEntry[i] | tag), flags: NameFlags(rawValue: UInt32(d.payloadFlags[i])),
      form: d.payloadForm[i],
      image: tag == 0 ? 0 : 1)
  }

  /// Calls `body` for each listing at `state` until it returns false; no allocation.
  @inline(__always)
  public func forEachListing(at state: UInt32, _ body: (Listing) -> Bool) {
    let tag = state & Self.userBit
    with(state) { data, state in
      for i in data.listings(at: state) where data.payloadEntry[i] != LexiconData.hidden {
        if !body(listing(data, i, tag)) { return }
      }
    }
  }

  /// The form of a listing as its list writes it.
  public func form(of listing: Listing) -> String { (listing.image == 0 ? base : user ?? base).string(listing.form) }

  /// UTF-8 bytes of the form of a listing.
  public func formBytes(of listing: Listing) -> UnsafeBufferPointer<UInt8> {
    (listing.image == 0 ? base : user ?? base).stringBytes(listing.form)
  }

  /// Whether the text of `match` is written as the list writes the form, letter by letter: what `exact-case` asks for.
  ///
  /// White space, hyphens and dots do not count: `U.S.` is `US`.
  public func isExact(_ listing: Listing, _ match: Match, _ document: borrowing Document) -> Bool {
    isExact(listing, match, document.bytes, document.tokens)
  }

  func isExact(_ listing: Listing, _ match: Match, _ bytes: [UInt8], _ tokens: TokenTable) -> Bool {
    guard match.start >= 0, match.end > match.start, Int(match.end) <= tokens.count else { return false }
    let form = formBytes(of: listing)
    var at = Int(tokens.start[Int(match.start)])
    let end = min(bytes.count, Int(tokens.end[Int(match.end) - 1]) - Int(tokens.trim[Int(match.end) - 1]))
    var i = 0
    while true {
      while i < form.count, Self.isPassedOver(form[i]) { i += 1 }
      while at < end, Self.isPassedOver(bytes[at]) { at += 1 }
      guard i < form.count, at < end else { return i == form.count && at >= end }
      if form[i] != bytes[at] { return false }
      i += 1
      at += 1
    }
  }

  @inline(__always)
  private static func isPassedOver(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2D || byte == 0x2E || (byte >= 0x09 && byte <= 0x0D)
  }

  /// Whether the entry has a class.
  public func entry(_ entry: EntryID, has set: ClassSet) -> Bool { classes(of: entry).intersects(set) }

  /// Classes of the row.
  public func classes(of entry: EntryID) -> ClassSet {
    with(entry.raw) { data, entry in data.classes(set: data.entrySet[entry]) }
  }

  /// The label of a name; `.none` for entries of word lists.
  public func label(of entry: EntryID) -> EntityLabel {
    let info = with(entry.raw) { data, entry in data.entryInfo[entry] }
    return EntityLabel(rawValue: UInt8(truncatingIfNeeded: info & 3)) ?? .none
  }

  /// The cell of `entry` in `column`; empty when the list has no such column.
  public func cell(_ entry: EntryID, _ column: String) -> String {
    data(entry.raw).cell(entry.raw & ~Self.userBit, column)
  }

  /// UTF-8 bytes of a cell, without a copy.
  public func cellBytes(_ entry: EntryID, _ column: String) -> UnsafeBufferPointer<UInt8> {
    let d = data(entry.raw)
    return d.stringBytes(d.cellID(entry.raw & ~Self.userBit, column))
  }

  /// UTF-8 bytes of the canonical name of an entry of a name list, without a copy.
  public func nameBytes(_ entry: EntryID) -> UnsafeBufferPointer<UInt8> {
    with(entry.raw) { data, entry in data.stringBytes(data.entryName[entry]) }
  }

  /// UTF-8 bytes of the stable id of an entry of a name list.
  public func idBytes(_ entry: EntryID) -> UnsafeBufferPointer<UInt8> {
    with(entry.raw) { data, entry in data.stringBytes(data.entryKey[entry]) }
  }

  /// Asks memory for the next step to the entries at a node of the built-in lists; see `LexiconData.expectListings`.
  @inline(__always)
  func expectListings(at state: UInt32, step: Int) {
    if state & Self.userBit == 0 { base.expectListings(at: state, step: step) }
  }

  /// Asks memory for the next step to the name and the id of a built-in entry; see `LexiconData.expectTexts`.
  @inline(__always)
  func expectTexts(of entry: EntryID, step: Int) {
    if !entry.isUser { base.expectTexts(of: entry.raw, step: step) }
  }

  /// File and 1-based line of an entry.
  public func place(of entry: EntryID) -> (file: String, line: Int) {
    let d = data(entry.raw)
    let e = entry.raw & ~Self.userBit
    return (d.file(of: e)?.path ?? "", Int(d.entryLine[e]))
  }

  /// The rows of all lists called `table`, in order; the built-in ones first.
  public func rows(table: String) -> [EntryID] {
    var out: [EntryID] = []
    for (d, tag) in [(base, UInt32(0))] + (user.map { [($0, Self.userBit)] } ?? []) {
      for file in d.files where file.table == table {
        for e in file.rows { out.append(EntryID(raw: UInt32(e) | tag)) }
      }
    }
    return out
  }

  /// Names of all lists with their number of rows.
  public var lists: [(path: String, table: String, rows: Int)] {
    (base.files + (user?.files ?? [])).map { ($0.path, $0.table, $0.rows.count) }
  }
}

/// One column of the lists, for readers that ask for many of its cells: where it stands in each list is looked up once.
struct CellColumn: Sendable {
  private struct Run: Sendable {
    var first: UInt32
    var end: UInt32
    var isConstant: Bool
    var value: UInt32
  }

  private var base: [Run] = []
  private var user: [Run] = []

  init(_ name: String, in lexicon: Lexicon) {
    base = Self.runs(name, lexicon.base)
    if let data = lexicon.user { user = Self.runs(name, data) }
  }

  private static func runs(_ name: String, _ data: LexiconData) -> [Run] {
    data.files.compactMap { file in
      guard let column = file.columns.first(where: { $0.name == name }) else { return nil }
      return Run(
        first: UInt32(file.rows.lowerBound), end: UInt32(file.rows.upperBound), isConstant: column.isConstant,
        value: column.value)
    }
  }

  /// UTF-8 bytes of the cell of `entry`; empty when its list has no such column.
  func bytes(_ entry: EntryID, in lexicon: Lexicon) -> UnsafeBufferPointer<UInt8> {
    let data = entry.isUser ? lexicon.user ?? lexicon.base : lexicon.base
    let row = entry.raw & ~Lexicon.userBit
    for run in entry.isUser ? user : base where row >= run.first && row < run.end {
      return data.stringBytes(run.isConstant ? run.value : data.cells[run.value &+ (row - run.first)])
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }
}
