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
    var parsed: [(ids: [UInt64], value: Value?)] = []
    ListRows.forEach(of: table, columns: columns, in: lexicon) { row in
      let known = parsed.firstIndex { known in columns.indices.allSatisfy { known.ids[$0] == row.id($0) } }
      if let known { return append(row.entry, parsed[known].value) }
      let value = parse(columns.indices.map { row.text($0) })
      parsed.append((columns.indices.map { row.id($0) }, value))
      append(row.entry, value)
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
