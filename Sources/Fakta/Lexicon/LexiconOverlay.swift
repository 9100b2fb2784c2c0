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
    for i in listings(at: state) {
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
        if keys.contains(Self.hash(bytes)), ids.contains(String(decoding: bytes, as: UTF8.self)) { entries.insert(UInt32(e)) }
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
    var found = listings(at: state).filter { base.isName(base.payloadEntry[$0]) }
    if found.isEmpty { found = Array(listings(at: state)) }
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

  private func listings(at state: UInt32) -> Range<Int> {
    let from = Int(base.statePayload[state])
    return from..<max(from, min(Int(base.statePayload[state + 1]), base.payloadEntry.count))
  }

  private static func hash(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.withContiguousStorageIfAvailable { buffer in
      buffer.baseAddress.map { WordHash.folded($0, buffer.count) } ?? 0
    } ?? 0
  }

  /// Writes the changes into columns of `base` that are copied for that.
  func apply(user: LexiconData) {
    mergeWords(of: user)
    guard !hidden.isEmpty else { return }
    let entries = base.own(&base.payloadEntry)
    for i in hidden where i < entries.count { entries[i] = LexiconData.hidden }
    let low = base.own(&base.stateLow)
    let high = base.own(&base.stateHigh)
    var done: Set<UInt32> = []
    for i in hidden {
      let state = self.state(ofListing: i)
      guard done.insert(state).inserted, Int(state) < min(low.count, high.count) else { continue }
      low[Int(state)] = 0
      high[Int(state)] = 0
      for k in listings(at: state) where entries[k] != LexiconData.hidden {
        low[Int(state)] |= base.entryLow[entries[k]]
        high[Int(state)] |= base.entryHigh[entries[k]]
      }
    }
    // A word alone has the classes of the listings where its root ends.
    let wordLow = base.own(&base.wordLow)
    let wordHigh = base.own(&base.wordHigh)
    for word in 0..<min(base.roots.count, min(wordLow.count, wordHigh.count)) where done.contains(base.roots[word]) {
      wordLow[word] = low[Int(base.roots[word])]
      wordHigh[word] = high[Int(base.roots[word])]
    }
    mergeClasses(of: user, into: wordLow, wordHigh)
  }

  private func mergeWords(of user: LexiconData) {
    let low = base.own(&base.wordLow, extra: user.words)
    let high = base.own(&base.wordHigh, extra: user.words)
    for i in 0..<user.words where base.words + 1 + i < low.count {
      low[base.words + 1 + i] = user.wordLow[i + 1]
      high[base.words + 1 + i] = user.wordHigh[i + 1]
    }
    mergeClasses(of: user, into: low, high)
  }

  /// Adds the classes that the user's lists give to words of the built-in vocabulary.
  private func mergeClasses(
    of user: LexiconData, into low: UnsafeMutableBufferPointer<UInt64>, _ high: UnsafeMutableBufferPointer<UInt64>
  ) {
    let words: Section<UInt32> = user.image.section("XWORD")
    let xlow: Section<UInt64> = user.image.section("XLOW")
    let xhigh: Section<UInt64> = user.image.section("XHIGH")
    for i in 0..<words.count where Int(words[i]) < min(low.count, high.count) {
      low[Int(words[i])] |= xlow[i]
      high[Int(words[i])] |= xhigh[i]
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

  /// Whether the row is one of a list of names.
  func isName(_ entry: UInt32) -> Bool { file(of: entry)?.isNames ?? false }

  /// The node at which `form` ends, 0 when no list has it.
  func state(of form: String) -> UInt32 {
    var tokens = TokenTable()
    let bytes = Array(form.utf8)
    Tokenizer().tokenize(bytes, into: &tokens)
    var state: UInt32 = 0
    var isFirst = true
    for i in 0..<tokens.count {
      if LexiconMatcher.isSkippable(tokens.kind[i]), tokens.count > 1 { continue }
      let slice = Array(bytes[Int(tokens.start[i])..<Int(tokens.end[i])])
      let id = word(hash: tokens.hash[i] != 0 ? tokens.hash[i] : WordHash.folded(slice, slice.count))
      state = isFirst ? roots[id] : step(state, id)
      isFirst = false
      if state == 0 || id == 0 { return 0 }
    }
    return state
  }
}
