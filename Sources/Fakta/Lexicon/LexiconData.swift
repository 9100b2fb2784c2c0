import CFaktaText

/// The columns of one image.
///
/// Nothing here is trusted: a `Section` gives 0 outside its bounds, a walk through the tree ends after `longestPhrase` steps,
/// and a probe after `BucketTable.reach` buckets.
final class LexiconData {
  struct File {
    var path: String
    var table: String
    var isNames: Bool
    var columns: [Column]
    var rows: Range<Int>
  }

  struct Column {
    var name: String
    /// `ColumnKey` of the name.
    var key: UInt64
    /// Whether all cells are the same; then `value` is their string, else where the cells begin.
    var isConstant: Bool
    var value: UInt32
  }

  let image: LexiconImage
  let strings: Section<UInt8>
  let stringOffsets: Section<UInt32>
  let vocabulary: VocabularyTable
  let wordCase: Section<UInt8>
  let wordClusters: Section<UInt16>
  // These change while the object is made, never after: the checks of exclusive access would cost more than the loads.
  @exclusivity(unchecked) var wordSet: Section<UInt16>
  @exclusivity(unchecked) var firstSet: Section<UInt16>
  /// Nodes of one word, packed (`TreeBits`); empty in an image of a user.
  let roots: Section<UInt32>
  let tree: PhraseTree
  let statePayload: Section<UInt32>
  @exclusivity(unchecked) var stateSet: Section<UInt16>
  /// Rows by listing; `hidden` for a listing that a user's list took away.
  @exclusivity(unchecked) var payloadEntry: Section<UInt32>
  let payloadFlags: Section<UInt16>
  let payloadForm: Section<UInt32>
  let entrySet: Section<UInt16>
  let entryInfo: Section<UInt16>
  let entryLine: Section<UInt32>
  let entryName: Section<UInt32>
  let entryKey: Section<UInt32>
  let cells: Section<UInt32>
  @exclusivity(unchecked) var setLow: Section<UInt64>
  @exclusivity(unchecked) var setHigh: Section<UInt64>
  private(set) var files: [File] = []
  private(set) var classNames: [String: Int] = [:]
  private(set) var classList: [String] = []
  /// Number of words; ids run from 1 up to it (in an image of a user: from the built-in ones on).
  let words: Int
  /// Columns that a user's lists changed, in memory of this object.
  var owned: [UnsafeMutableRawPointer] = []
  /// Whether a user's list took listings away.
  @exclusivity(unchecked) var hasHidden = false

  static let hidden = UInt32.max

  deinit { for memory in owned { memory.deallocate() } }

  init(image: LexiconImage) {
    self.image = image
    strings = image.section("STRINGS")
    stringOffsets = image.section("STROFF")
    vocabulary = VocabularyTable(frequent: image.section("VOFTEN"), others: image.section("VOCAB"))
    wordCase = image.section("WCASE")
    wordClusters = image.section("WCLUST")
    wordSet = image.section("WSET")
    firstSet = image.section("WFIRST")
    roots = image.section("TROOT")
    tree = PhraseTree(steps: image.section("TSTEPS"), pairs: image.section("TPAIRS"))
    statePayload = image.section("SPAY")
    stateSet = image.section("SSET")
    payloadEntry = image.section("PENTRY")
    payloadFlags = image.section("PFLAGS")
    payloadForm = image.section("PFORM")
    entrySet = image.section("ESET")
    entryInfo = image.section("EINFO")
    entryLine = image.section("ELINE")
    entryName = image.section("ENAME")
    entryKey = image.section("EKEY")
    cells = image.section("CELLS")
    setLow = image.section("SETLOW")
    setHigh = image.section("SETHIGH")
    // A damaged count must not lead anyone to numbers that no word can have.
    let places = (image.bytes("VOFTEN").count + image.bytes("VOCAB").count) / 16
    words = min(Int(image.section("COUNTS", as: UInt32.self)[0]), places)
    readDirectory()
  }

  private func readDirectory() {
    classList = String(decoding: image.bytes("CLASSES"), as: UTF8.self).parts("\n")
    for (i, name) in classList.enumerated() { classNames[name] = i }
    let raw: Section<UInt32> = image.section("FILES")
    let columns: Section<UInt32> = image.section("COLUMNS")
    var at = 0
    while at + 6 < raw.count {
      let first = Int(raw[at + 3])
      let count = Int(raw[at + 4])
      let start = Int(raw[at + 5])
      let rows = Int(raw[at + 6])
      guard first + count <= columns.count / 3, start + rows <= entryLine.count else { break }
      files.append(
        File(
          path: string(raw[at]), table: string(raw[at + 1]), isNames: raw[at + 2] != 0,
          columns: (first..<first + count).map {
            let name = string(columns[$0 * 3])
            return Column(
              name: name, key: ColumnKey.of(name), isConstant: columns[$0 * 3 + 1] != 0, value: columns[$0 * 3 + 2])
          }, rows: start..<start + rows))
      at += 7
    }
  }

  func stringBytes(_ id: UInt32) -> UnsafeBufferPointer<UInt8> {
    let from = Int(stringOffsets[id])
    let to = Int(stringOffsets[id &+ 1])
    guard from < to, to <= strings.count, let base = strings.base else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: base + from, count: to - from)
  }

  /// Asks memory for what leads to the labels of the entries at a node: for the listings' places, then for the listings, then
  /// for the first one's entry.
  @inline(__always)
  func expectListings(at state: UInt32, step: Int) {
    guard let places = statePayload.base, let entries = payloadEntry.base, let flags = payloadFlags.base,
      let info = entryInfo.base, state < statePayload.count
    else { return }
    if step == 0 { return fk_prefetch(places + Int(state)) }
    let first = min(Int(places[Int(state)]), payloadEntry.count, payloadFlags.count)
    switch step {
    case 1:
      fk_prefetch(entries + first)
      fk_prefetch(flags + first)
    default: fk_prefetch(info + min(Int(payloadEntry[first]), entryInfo.count))
    }
  }

  /// Asks memory for what leads to the name and the id of an entry: for the numbers of the texts, then for where those stand,
  /// then for the texts. With other work between the steps, nobody waits.
  @inline(__always)
  func expectTexts(of entry: UInt32, step: Int) {
    guard let names = entryName.base, let keys = entryKey.base, let offsets = stringOffsets.base,
      let text = strings.base, entry < entryName.count, entry < entryKey.count
    else { return }
    switch step {
    case 0:
      fk_prefetch(names + Int(entry))
      fk_prefetch(keys + Int(entry))
    case 1:
      fk_prefetch(offsets + min(Int(names[Int(entry)]), stringOffsets.count))
      fk_prefetch(offsets + min(Int(keys[Int(entry)]), stringOffsets.count))
    default:
      fk_prefetch(text + min(Int(stringOffsets[names[Int(entry)]]), strings.count))
      fk_prefetch(text + min(Int(stringOffsets[keys[Int(entry)]]), strings.count))
    }
  }

  func string(_ id: UInt32) -> String { String(decoding: stringBytes(id), as: UTF8.self) }

  /// Id of the word with this hash, 0 when there is none.
  func word(hash: UInt64) -> UInt32 { vocabulary.find(hash: hash).id }

  @inline(__always)
  func classes(set: UInt16) -> ClassSet { ClassSet(low: setLow[Int(set)], high: setHigh[Int(set)]) }

  /// The node at which these words end, 0 when no list has them.
  func state(of words: [UInt32]) -> UInt32 {
    guard let first = words.first else { return 0 }
    var packed = roots[first]
    for word in words.dropFirst() where packed != 0 { packed = tree.step(packed >> TreeBits.shift, word).packed }
    return packed >> TreeBits.shift
  }

  /// The listings that end at `state`, as places in the columns of listings.
  @inline(__always)
  func listings(at state: UInt32) -> Range<Int> {
    let from = Int(statePayload[state])
    return from..<max(from, min(Int(statePayload[state &+ 1]), payloadEntry.count))
  }

  /// Index of the file that has the row, -1 for none.
  private func fileIndex(of entry: UInt32) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].rows.upperBound <= Int(entry) { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].rows.contains(Int(entry)) ? low : -1
  }

  func file(of entry: UInt32) -> File? {
    let index = fileIndex(of: entry)
    return index < 0 ? nil : files[index]
  }

  /// Whether the row is one of a list of names.
  func isName(_ entry: UInt32) -> Bool {
    let index = fileIndex(of: entry)
    return index >= 0 && files[index].isNames
  }

  /// String id of a cell; 0, the empty string, when the list has no such column or the image does not keep it.
  func cellID(_ entry: UInt32, _ column: String) -> UInt32 {
    let key = ColumnKey.of(column)
    if key == ColumnKey.name || key == ColumnKey.form || key == ColumnKey.part { return entryName[entry] }
    if key == ColumnKey.id { return entryKey[entry] }
    // Asked thousands of times when the stages are made: nothing is copied.
    let index = fileIndex(of: entry)
    guard index >= 0, let c = files[index].columns.firstIndex(where: { $0.key == key }) else { return 0 }
    let value = files[index].columns[c].value
    return files[index].columns[c].isConstant ? value : cells[Int(value) + Int(entry) - files[index].rows.lowerBound]
  }

  func cell(_ entry: UInt32, _ column: String) -> String { string(cellID(entry, column)) }
}

/// Names of columns as numbers: stages ask for thousands of cells when they are made, and to compare strings would cost more
/// than the rest.
enum ColumnKey {
  static let name = of("name")
  static let form = of("form")
  static let part = of("part")
  static let id = of("id")

  static func of(_ name: String) -> UInt64 { FNV.sum(of: name) }
}
