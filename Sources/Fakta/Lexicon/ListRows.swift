/// The rows of a table, cell by cell, without a copy; for stages that parse a list once when they are made.
///
///     ListRows.forEach(of: "numerals", columns: ["form", "role"], in: lexicon) { row in row.bytes(1) … }
///
/// **Cost.** Finding the columns once per list, then one load per cell.
enum ListRows {
  /// Where the cells of a column are.
  fileprivate enum Place {
    case none, form
    case constant(UInt32)
    case cells(Int)
  }

  /// Good while `body` runs.
  struct Row {
    let entry: EntryID
    fileprivate let data: LexiconData
    fileprivate let row: Int
    fileprivate let index: Int
    fileprivate let places: UnsafeBufferPointer<Place>

    /// UTF-8 of the cell in column `k` of those asked for; empty where the list has no such column.
    func bytes(_ k: Int) -> UnsafeBufferPointer<UInt8> { data.stringBytes(stringID(k)) }

    func text(_ k: Int) -> String { String(decoding: bytes(k), as: UTF8.self) }

    /// The same number for the same text, within one image; 0 for empty cells.
    func id(_ k: Int) -> UInt64 {
      let id = UInt64(stringID(k))
      return id == 0 ? 0 : id | UInt64(entry.raw & Lexicon.userBit) << 32
    }

    /// Whether the ids of all columns are those that stand in `ids` from `first` on.
    @inline(__always)
    func hasIDs(_ ids: [UInt64], at first: Int) -> Bool {
      for k in 0..<places.count where ids[first + k] != id(k) { return false }
      return true
    }

    @inline(__always)
    private func stringID(_ k: Int) -> UInt32 {
      switch places[k] {
      case .none: 0
      case .form: data.entryName[UInt32(row)]
      case .constant(let id): id
      case .cells(let first): data.cells[first + index]
      }
    }
  }

  /// Calls `body` for every row of the lists called `table`, the built-in ones first, in the order of `Lexicon.rows`.
  static func forEach(of table: String, columns: [String], in lexicon: Lexicon, _ body: (Row) -> Void) {
    visit(lexicon.base, 0, table, columns, body)
    if let user = lexicon.user { visit(user, Lexicon.userBit, table, columns, body) }
  }

  /// Vocabulary ids of the one-word forms in the first of `columns` of the rows that hold.
  static func words(of table: String, columns: [String], in lexicon: Lexicon, where holds: (Row) -> Bool) -> [UInt32] {
    var words: [UInt32] = []
    forEach(of: table, columns: columns, in: lexicon) { row in
      guard holds(row) else { return }
      let id = lexicon.wordID(row.text(0))
      if id != 0 { words.append(id) }
    }
    return words
  }

  private static func visit(
    _ data: LexiconData, _ tag: UInt32, _ table: String, _ columns: [String], _ body: (Row) -> Void
  ) {
    for file in data.files where file.table == table {
      let places = columns.map { name -> Place in
        if name == "form" { return .form }
        guard let column = file.columns.first(where: { $0.name == name }) else { return .none }
        return column.isConstant ? .constant(column.value) : .cells(Int(column.value))
      }
      places.withUnsafeBufferPointer { places in
        for row in file.rows {
          body(
            Row(
              entry: EntryID(raw: UInt32(row) | tag), data: data, row: row, index: row - file.rows.lowerBound,
              places: places))
        }
      }
    }
  }
}
