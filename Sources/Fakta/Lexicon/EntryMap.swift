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
