/// Takes listings of the built-in lists away and merges what a user's lists say of words.
///
/// Only the columns that change are copied; the mapped file stays as it is.
struct LexiconOverlay {
  private let base: LexiconData
  /// Places in the columns of listings that are hidden.
  private var hidden: Set<Int> = []

  init(base: LexiconData) { self.base = base }

  /// Hides what the built-in lists hold at `state`: the names when `names`, else the rows of the list called `table`.
  mutating func hide(at state: UInt32, table: String, names: Bool) {
    for i in base.listings(at: state) {
      guard let file = base.file(of: base.payloadEntry[i]) else { continue }
      if names ? file.isNames : file.table == table && !file.isNames { hidden.insert(i) }
    }
  }

  /// Hides all forms of the entries with one of these ids.
  mutating func hideEntries(ids: Set<String>) {
    guard !ids.isEmpty else { return }
    let keys = Set(ids.map { Self.hash($0.utf8) })
    var entries: Set<UInt32> = []
    for file in base.files where file.isNames {
      for e in file.rows {
        let bytes = base.stringBytes(base.entryKey[e])
        if keys.contains(Self.hash(bytes)), ids.contains(String(decoding: bytes, as: UTF8.self)) {
          entries.insert(UInt32(e))
        }
      }
    }
    hide(entries: entries)
  }

  /// Does what a line `!name` says; false when there is nothing to take away.
  mutating func remove(_ name: String) -> Bool {
    let before = hidden.count
    if name.contains(":"), !name.contains(" ") {
      hideEntries(ids: [name])
      return hidden.count > before
    }
    let state = base.state(of: name)
    guard state != 0 else { return false }
    var found = base.listings(at: state).filter { base.isName(base.payloadEntry[$0]) }
    if found.isEmpty { found = Array(base.listings(at: state)) }
    // `!PAN` speaks of the party, not of a Pan; only when nothing is written so does case not matter.
    let exact = found.filter { base.string(base.payloadForm[$0]) == name }
    if !exact.isEmpty { found = exact }
    var entries: Set<UInt32> = []
    for i in found {
      hidden.insert(i)
      let entry = base.payloadEntry[i]
      if base.isName(entry), base.entryName[entry] == base.payloadForm[i] { entries.insert(entry) }
    }
    hide(entries: entries)
    return !found.isEmpty
  }

  private mutating func hide(entries: Set<UInt32>) {
    guard !entries.isEmpty else { return }
    for i in 0..<base.payloadEntry.count where entries.contains(base.payloadEntry[i]) { hidden.insert(i) }
  }

  private static func hash(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.withContiguousStorageIfAvailable { buffer in
      buffer.baseAddress.map { WordHash.folded($0, buffer.count) } ?? 0
    } ?? 0
  }

  /// Writes the changes into columns of `base` that are copied for that.
  func apply(user: LexiconData) {
    var sets = ClassSetTable(sets: (0..<base.setLow.count).map { base.classes(set: UInt16(truncatingIfNeeded: $0)) })
    let words = base.own(&base.wordSet, extra: user.words)
    let first = base.own(&base.firstSet, extra: user.words)
    if !hidden.isEmpty { hide(words, &sets) }
    let touched: Section<UInt32> = user.image.section("XWORD")
    for i in 0..<touched.count where Int(touched[i]) < min(words.count, first.count) {
      let word = Int(touched[i])
      words[word] = sets.id(sets[words[word]].union(user.classes(set: user.wordSet[i])))
      first[word] = sets.id(sets[first[word]].union(user.classes(set: user.firstSet[i])))
    }
    base.own(sets: sets.sets)
  }

  private func hide(_ words: UnsafeMutableBufferPointer<UInt16>, _ sets: inout ClassSetTable) {
    base.hasHidden = true
    let entries = base.own(&base.payloadEntry)
    for i in hidden where i < entries.count { entries[i] = LexiconData.hidden }
    let states = base.own(&base.stateSet)
    var done: Set<UInt32> = []
    for i in hidden.sorted() {
      let state = self.state(ofListing: i)
      guard Int(state) < states.count, done.insert(state).inserted else { continue }
      var set = ClassSet()
      for k in base.listings(at: state) where entries[k] != LexiconData.hidden {
        set.formUnion(base.classes(set: base.entrySet[entries[k]]))
      }
      states[Int(state)] = sets.id(set)
    }
    // A word alone has the classes of the listings where its root ends.
    for word in 0..<min(base.roots.count, words.count) {
      let state = base.roots[word] >> TreeBits.shift
      if done.contains(state) { words[word] = states[Int(state)] }
    }
  }

  /// The node at which listing `i` ends.
  private func state(ofListing i: Int) -> UInt32 {
    var low = 0
    var high = base.statePayload.count - 1
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(base.statePayload[middle]) <= i { low = middle } else { high = middle }
    }
    return UInt32(low)
  }
}

extension LexiconData {
  /// A copy of a column that may be written, `extra` rows longer; the column is set to it.
  func own<T>(_ section: inout Section<T>, extra: Int = 0) -> UnsafeMutableBufferPointer<T> {
    let count = section.count + extra
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count * MemoryLayout<T>.stride), alignment: 64)
    owned.append(memory)
    let copy = memory.bindMemory(to: T.self, capacity: count)
    if let base = section.base { copy.initialize(from: base, count: section.count) }
    (copy + section.count).initialize(repeating: 0, count: extra)
    section = Section(base: UnsafePointer(copy), count: count)
    return UnsafeMutableBufferPointer(start: copy, count: count)
  }

  /// Takes over a table of class sets.
  func own(sets: [ClassSet]) {
    let low = own(&setLow, extra: max(0, sets.count - setLow.count))
    let high = own(&setHigh, extra: max(0, sets.count - setHigh.count))
    for (i, set) in sets.enumerated() {
      low[i] = set.low
      high[i] = set.high
    }
  }

  /// The node at which `form` ends, 0 when no list has it.
  func state(of form: String) -> UInt32 {
    var tokens = TokenTable()
    let bytes = Array(form.utf8)
    Tokenizer().tokenize(bytes, into: &tokens)
    var words: [UInt32] = []
    for i in 0..<tokens.count {
      if LexiconMatcher.isSkippable(tokens.kind[i]), tokens.count > 1 { continue }
      let slice = Array(bytes[Int(tokens.start[i])..<Int(tokens.end[i])])
      let id = word(hash: tokens.hash[i] != 0 ? tokens.hash[i] : WordHash.folded(slice, slice.count))
      guard id != 0 else { return 0 }
      words.append(id)
    }
    return state(of: words)
  }
}
