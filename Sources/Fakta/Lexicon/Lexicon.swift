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
  /// Vocabulary ids of the 128 ASCII characters as marks.
  let markIDs: [UInt32]

  public init(image: LexiconImage, user: LexiconImage? = nil) {
    base = LexiconData(image: image)
    self.user = user.map(LexiconData.init(image:))
    let data = base
    markIDs = (0..<128).map { data.word(hash: WordHash.folded([UInt8($0)], 1)) }
    // Classes that only the user's lists have get the numbers behind the built-in ones.
    var names = data.classNames
    for name in self.user?.classList ?? [] where names[name] == nil { names[name] = names.count }
    classNames = names
    userClasses = (self.user?.classList ?? []).map { ClassSet(index: names[$0]) }
    rules = RuleSet()
    rules = RuleSet(lexicon: self)
  }

  private let classNames: [String: Int]
  /// The class set of each class of the user's image, in the common numbering.
  private let userClasses: [ClassSet]
  /// The rules of the built-in and the user's rule files.
  public private(set) var rules: RuleSet

  private func common(_ set: ClassSet) -> ClassSet {
    var out = ClassSet()
    for (i, mapped) in userClasses.enumerated() where set.intersects(ClassSet(index: i)) { out = out.union(mapped) }
    return out
  }

  /// Number of words of the built-in vocabulary; ids run from 1 up to it.
  public var wordCount: Int { base.words }

  /// The image of the built-in lists, for stages that keep sections of their own in it.
  public var image: LexiconImage { base.image }

  /// The class called `name`; empty when no list has it.
  public func wordClass(_ name: String) -> ClassSet { ClassSet(index: classNames[name]) }

  /// Vocabulary id of a lower-case word, 0 when no list has it.
  public func wordID(_ word: String) -> UInt32 {
    var tokens = TokenTable()
    Tokenizer().tokenize(Array(word.utf8), into: &tokens)
    guard tokens.count == 1 else { return 0 }
    if tokens.hash[0] == 0 { return markIDs[Int(word.utf8.first! & 127)] }
    return base.word(hash: tokens.hash[0])
  }

  /// Classes of a vocabulary word (as a word alone, not as part of a phrase).
  @inlinable public func classes(ofWord id: UInt32) -> ClassSet { _classes(id) }

  @usableFromInline func _classes(_ id: UInt32) -> ClassSet { base.wordClasses(id) }

  /// How often a word is written with a small and with a capital letter inside sentences: 0 never seen, then 1 (always
  /// small) to 7 (always with a capital).
  public func caseTendency(ofWord id: UInt32) -> UInt8 { base.wordCase[id] }

  private func data(_ tagged: UInt32) -> LexiconData {
    if tagged & Self.userBit != 0, let user { return user }
    return base
  }

  /// All classes of the entries that end at `state`.
  public func classes(at state: UInt32) -> ClassSet {
    let d = data(state)
    let s = state & ~Self.userBit
    let set = ClassSet(low: d.stateLow[s], high: d.stateHigh[s])
    guard state & Self.userBit != 0 else { return set }
    return common(set)
  }

  /// The listings that end at `state`, in the order of the lists.
  public func listings(at state: UInt32) -> [Listing] {
    let d = data(state)
    let s = state & ~Self.userBit
    let tag = state & Self.userBit
    let from = Int(d.statePayload[s])
    let to = Int(d.statePayload[s + 1])
    guard from < to else { return [] }
    return (from..<to).map { listing(d, $0, tag) }
  }

  private func listing(_ d: LexiconData, _ i: Int, _ tag: UInt32) -> Listing {
    Listing(
      entry: EntryID(raw: d.payloadEntry[i] | tag), flags: NameFlags(rawValue: d.payloadFlags[i]), form: d.payloadForm[i],
      image: tag == 0 ? 0 : 1)
  }

  /// Calls `body` for each listing at `state` until it returns false; no allocation.
  @inline(__always)
  public func forEachListing(at state: UInt32, _ body: (Listing) -> Bool) {
    let d = data(state)
    let s = state & ~Self.userBit
    let tag = state & Self.userBit
    var i = Int(d.statePayload[s])
    let to = Int(d.statePayload[s + 1])
    while i < to {
      if !body(listing(d, i, tag)) { return }
      i += 1
    }
  }

  /// The form of a listing as its list writes it.
  public func form(of listing: Listing) -> String { (listing.image == 0 ? base : user ?? base).string(listing.form) }

  /// UTF-8 bytes of the form of a listing.
  public func formBytes(of listing: Listing) -> UnsafeBufferPointer<UInt8> {
    (listing.image == 0 ? base : user ?? base).stringBytes(listing.form)
  }

  /// Whether the entry has a class.
  public func entry(_ entry: EntryID, has set: ClassSet) -> Bool { classes(of: entry).intersects(set) }

  /// Classes of the row.
  public func classes(of entry: EntryID) -> ClassSet {
    let d = data(entry.raw)
    let e = entry.raw & ~Self.userBit
    let set = ClassSet(low: d.entryLow[e], high: d.entryHigh[e])
    return entry.isUser ? common(set) : set
  }

  /// The label of a name; `.none` for entries of word lists.
  public func label(of entry: EntryID) -> EntityLabel {
    EntityLabel(rawValue: UInt8(data(entry.raw).entryInfo[entry.raw & ~Self.userBit] & 3)) ?? .none
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
    let d = data(entry.raw)
    return d.stringBytes(d.entryName[entry.raw & ~Self.userBit])
  }

  /// UTF-8 bytes of the stable id of an entry of a name list.
  public func idBytes(_ entry: EntryID) -> UnsafeBufferPointer<UInt8> {
    let d = data(entry.raw)
    return d.stringBytes(d.entryKey[entry.raw & ~Self.userBit])
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

/// Values that a stage has parsed from the rows of its lists, found by the entry.
struct EntryMap<Value: Sendable>: Sendable {
  private var first: [UInt32] = []
  private var values: [[Value?]] = []

  /// Parses every row of `table`; a row for which `parse` gives nil has no value.
  init(_ lexicon: Lexicon, table: String, parse: (EntryID) -> Value?) {
    var last: UInt32?
    for entry in lexicon.rows(table: table) {
      if let l = last, entry.raw == l + 1 {
        values[values.count - 1].append(parse(entry))
      } else {
        first.append(entry.raw)
        values.append([parse(entry)])
      }
      last = entry.raw
    }
  }

  subscript(_ entry: EntryID) -> Value? {
    for (i, start) in first.enumerated() where entry.raw >= start {
      let offset = Int(entry.raw - start)
      if offset < values[i].count { return values[i][offset] }
    }
    return nil
  }

  /// The value of the first listing at `state` that has one.
  func first(at state: UInt32, in lexicon: Lexicon) -> Value? {
    var found: Value?
    lexicon.forEachListing(at: state) { listing in
      found = self[listing.entry]
      return found == nil
    }
    return found
  }
}

/// The columns of one image.
final class LexiconData {
  struct File {
    var path: String
    var table: String
    var isNames: Bool
    var columns: [String]
    var rows: Range<Int>
    var cells: Int
  }

  let image: LexiconImage
  let strings: Section<UInt8>
  let stringOffsets: Section<UInt32>
  let hashes: Section<UInt64>
  let hashWords: Section<UInt32>
  let hashMask: Int
  let wordLow: Section<UInt64>
  let wordHigh: Section<UInt64>
  let wordCase: Section<UInt8>
  let wordClusters: Section<UInt16>
  let wordString: Section<UInt32>
  let roots: Section<UInt32>
  let treeKeys: Section<UInt64>
  let treeValues: Section<UInt32>
  let treeMask: Int
  let statePayload: Section<UInt32>
  let stateLow: Section<UInt64>
  let stateHigh: Section<UInt64>
  let payloadEntry: Section<UInt32>
  let payloadFlags: Section<UInt32>
  let payloadForm: Section<UInt32>
  let entryLow: Section<UInt64>
  let entryHigh: Section<UInt64>
  let entryInfo: Section<UInt32>
  let entryLine: Section<UInt32>
  let entryName: Section<UInt32>
  let entryKey: Section<UInt32>
  let cells: Section<UInt32>
  private(set) var files: [File] = []
  private(set) var classNames: [String: Int] = [:]
  private(set) var classList: [String] = []

  var words: Int { max(0, roots.count - 1) }

  init(image: LexiconImage) {
    self.image = image
    strings = image.section("STRINGS")
    stringOffsets = image.section("STROFF")
    hashes = image.section("VHASH")
    hashWords = image.section("VWORD")
    hashMask = Self.mask(hashes.count)
    wordLow = image.section("WLOW")
    wordHigh = image.section("WHIGH")
    wordCase = image.section("WCASE")
    wordClusters = image.section("WCLUST")
    wordString = image.section("WSTR")
    roots = image.section("TROOT")
    treeKeys = image.section("TKEY")
    treeValues = image.section("TVAL")
    treeMask = Self.mask(treeKeys.count)
    statePayload = image.section("SPAY")
    stateLow = image.section("SLOW")
    stateHigh = image.section("SHIGH")
    payloadEntry = image.section("PENTRY")
    payloadFlags = image.section("PFLAGS")
    payloadForm = image.section("PFORM")
    entryLow = image.section("ELOW")
    entryHigh = image.section("EHIGH")
    entryInfo = image.section("EINFO")
    entryLine = image.section("ELINE")
    entryName = image.section("ENAME")
    entryKey = image.section("EKEY")
    cells = image.section("CELLS")
    readDirectory()
  }

  private static func mask(_ count: Int) -> Int { count > 0 && count & (count - 1) == 0 ? count - 1 : 0 }

  private func readDirectory() {
    let names: Section<UInt32> = image.section("CLASSES")
    for i in 0..<names.count {
      classList.append(string(names[i]))
      classNames[classList[i]] = i
    }
    let raw: Section<UInt32> = image.section("FILES")
    let columns: Section<UInt32> = image.section("COLUMNS")
    var at = 0
    while at + 7 < raw.count {
      let first = Int(raw[at + 3])
      let count = Int(raw[at + 4])
      let start = Int(raw[at + 5])
      let rows = Int(raw[at + 6])
      guard first + count <= columns.count, start + rows <= entryLine.count else { break }
      files.append(
        File(
          path: string(raw[at]), table: string(raw[at + 1]), isNames: raw[at + 2] != 0,
          columns: (first..<first + count).map { string(columns[$0]) }, rows: start..<start + rows, cells: Int(raw[at + 7])))
      at += 8
    }
  }

  func stringBytes(_ id: UInt32) -> UnsafeBufferPointer<UInt8> {
    let from = Int(stringOffsets[id])
    let to = Int(stringOffsets[id &+ 1])
    guard from < to, to <= strings.count, let base = strings.base else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: base + from, count: to - from)
  }

  func string(_ id: UInt32) -> String { String(decoding: stringBytes(id), as: UTF8.self) }

  /// Id of the word with this hash, 0 when there is none.
  @inline(__always)
  func word(hash: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hash) & hashMask
    // A full table can only come from a damaged file; the bound keeps even that finite.
    var probes = 0
    while probes < 64 {
      let found = hashes[slot]
      if found == hash { return hashWords[slot] }
      if found == 0 { return 0 }
      slot = (slot + 1) & hashMask
      probes += 1
    }
    return 0
  }

  @inline(__always)
  func wordClasses(_ id: UInt32) -> ClassSet { ClassSet(low: wordLow[id], high: wordHigh[id]) }

  /// The node after `state` by `word`, 0 when no phrase goes on so.
  @inline(__always)
  func step(_ state: UInt32, _ word: UInt32) -> UInt32 {
    let key = UInt64(state) << 32 | UInt64(word)
    var slot = Int(truncatingIfNeeded: WordHash.mix(key)) & treeMask
    var probes = 0
    while probes < 64 {
      let found = treeKeys[slot]
      if found == key { return treeValues[slot] }
      if found == 0 { return 0 }
      slot = (slot + 1) & treeMask
      probes += 1
    }
    return 0
  }

  func file(of entry: UInt32) -> File? { files.first { $0.rows.contains(Int(entry)) } }

  func cellID(_ entry: UInt32, _ column: String) -> UInt32 {
    guard let file = file(of: entry), let c = file.columns.firstIndex(of: column) else { return 0 }
    return cells[file.cells + (Int(entry) - file.rows.lowerBound) * file.columns.count + c]
  }

  func cell(_ entry: UInt32, _ column: String) -> String { string(cellID(entry, column)) }
}
