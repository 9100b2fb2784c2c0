/// Values that a stage has parsed from the rows of its lists, found by the entry.
struct EntryMap<Value: Sendable>: Sendable {
  /// Rows of one list that stand side by side.
  private struct Run: Sendable {
    var first: UInt32
    var count: UInt32
    /// Where its values begin.
    var offset: Int
  }

  private var runs: [Run] = []
  private var values: [Value?] = []

  /// Parses every row of `table`; a row for which `parse` gives nil has no value.
  init(_ lexicon: Lexicon, table: String, parse: (EntryID) -> Value?) {
    for entry in lexicon.rows(table: table) {
      if let last = runs.last, entry.raw == last.first + last.count {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(Run(first: entry.raw, count: 1, offset: values.count))
      }
      values.append(parse(entry))
    }
  }

  @inline(__always)
  subscript(_ entry: EntryID) -> Value? {
    for run in runs {
      let row = entry.raw &- run.first
      if row < run.count { return values[run.offset &+ Int(row)] }
    }
    return nil
  }

  /// The value of the first listing at `state` that has one.
  @inline(__always)
  func first(at state: UInt32, in lexicon: Lexicon) -> Value? {
    var found: Value?
    lexicon.forEachListing(at: state) { listing in
      found = self[listing.entry]
      return found == nil
    }
    return found
  }
}
