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
    for entry in lexicon.rows(table: table) { append(entry, parse(entry)) }
  }

  /// Parses the rows of `table` by what stands in `columns` alone; rows that say the same there are parsed once.
  ///
  /// Long lists say few different things: of thousands of verbs five voices, for instance.
  init(_ lexicon: Lexicon, table: String, columns: [String], parse: ([String]) -> Value?) {
    let width = columns.count
    // The ids of the cells of each row that was parsed, one row behind the other.
    var known: [UInt64] = []
    var parsed: [Value?] = []
    var last = 0
    ListRows.forEach(of: table, columns: columns, in: lexicon) { row in
      // What a row says, the row before it often said too.
      if parsed.isEmpty || !row.hasIDs(known, at: last * width) {
        last = 0
        while last < parsed.count, !row.hasIDs(known, at: last * width) { last += 1 }
        if last == parsed.count {
          for k in 0..<width { known.append(row.id(k)) }
          parsed.append(parse((0..<width).map { row.text($0) }))
        }
      }
      append(row.entry, parsed[last])
    }
  }

  private mutating func append(_ entry: EntryID, _ value: Value?) {
    if let last = runs.last, entry.raw == last.first + last.count {
      runs[runs.count - 1].count += 1
    } else {
      runs.append(Run(first: entry.raw, count: 1, offset: values.count))
    }
    values.append(value)
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
