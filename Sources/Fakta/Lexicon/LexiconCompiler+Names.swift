// Lists of names: labels, subtypes, aliases, flags, and the keys by which entities are known.

extension LexiconCompiler {
  mutating func addNames(_ list: ListFile) throws(LexiconError) {
    let column = NameColumns(list)
    var kept = Self.keptNameColumns.map { (name: $0, values: [UInt32]()) }
    let keptColumns = Self.keptNameColumns.map { list.column($0) }
    let defaults = Self.keptNameColumns.map { strings.id(list.directives[$0] ?? "") }
    let prefix = list.directives["id"] ?? Self.stem(list.path)
    let first = rowInfo.count
    var sets: [UInt64: ClassSet] = [:]
    for row in 0..<list.count {
      try list.text.withUnsafeBufferPointer { (text) throws(LexiconError) in
        func cell(_ c: Int?) -> Bytes {
          c.map { Bytes(rebasing: text[list.range(row, $0)]) } ?? Bytes(start: nil, count: 0)
        }
        for (k, c) in keptColumns.enumerated() {
          let id = strings.id(cell(c))
          kept[k].values.append(id == 0 ? defaults[k] : id)
        }
        let name = cell(column.name)
        guard !name.isEmpty else {
          throw list.problem(row, column: column.name, "the name is empty; write it or delete the line")
        }
        let (label, set) = try kind(kept[0].values[row], kept[1].values[row], &sets, list, row)
        let flags = try self.flags(cell(column.flags), list, row, column.flags)
        let nameID = strings.id(name)
        let key = try self.key(cell(column.id), name, prefix, list, row)
        let entry = addRow(
          set, info: UInt16(label.rawValue) | UInt16(truncatingIfNeeded: flags.rawValue) << 2, line: list.lines[row],
          name: nameID, key: key)
        try addPhrase(name, nameID, entry, flags, list, row)
        try addAliases(cell(column.aliases), entry, flags, list, row, column.aliases)
      }
    }
    finish(list, first: first, isNames: true, kept)
  }

  /// A user's name of a new kind is no fault where there is no class left.
  func isClass(subtype name: String) -> Bool {
    if classIndex[name] != nil { return true }
    return base == nil ? askedSubtypes?.contains(name) ?? true : classes.count < ClassSet.capacity
  }

  /// Label and classes of a name: "sub-media", "sub-country" say what kind of thing it is, for stages and rules.
  mutating func kind(
    _ label: UInt32, _ subtype: UInt32, _ sets: inout [UInt64: ClassSet], _ list: ListFile, _ row: Int
  ) throws(LexiconError) -> (EntityLabel, ClassSet) {
    let code = strings.string(label)
    guard let entityLabel = EntityLabel(code: code) else {
      throw list.problem(
        row, column: list.column("label"),
        "label '\(code)' is unknown; write PER, LOC or ORG, or set #! label= for the file")
    }
    let key = UInt64(label) << 32 | UInt64(subtype)
    if let set = sets[key] { return (entityLabel, set) }
    var set = ClassSet(index: Int(entityLabel.rawValue) - 1)
    let name = "sub-\(strings.string(subtype))"
    if subtype != 0, isClass(subtype: name) { set = set.union(try classSet(name, prefix: "", list, row)) }
    sets[key] = set
    return (entityLabel, set)
  }

  /// The string id of the stable id of a name.
  mutating func key(
    _ id: Bytes, _ name: Bytes, _ prefix: String, _ list: ListFile, _ row: Int
  ) throws(LexiconError) -> UInt32 {
    var key = strings.id(id)
    if key == 0 {
      Self.slug(prefix, name).withUnsafeBufferPointer { key = strings.id($0) }
      // Users do not give ids; two spellings of one name must not stop them.
      if base != nil, keyRows[key] != nil { key = strings.id("\(strings.string(key))-\(list.lines[row])") }
    } else if base != nil {
      explicitIDs.insert(strings.string(key))
    }
    if let other = keyRows[key] {
      let place = fileIndex(ofRow: other).map { strings.string(files[$0]) } ?? list.path
      throw list.problem(
        row, column: list.column("id"),
        "id '\(strings.string(key))' stands already at \(place):\(rowLine[Int(other)]); give one of them another id, or merge the lines"
      )
    }
    keyRows[key] = UInt32(rowInfo.count)
    return key
  }

  func fileIndex(ofRow row: UInt32) -> Int? {
    stride(from: 0, to: files.count, by: 7).first { row >= files[$0 + 5] && row < files[$0 + 5] + files[$0 + 6] }
  }

  mutating func addAliases(
    _ cell: Bytes, _ entry: UInt32, _ flags: NameFlags, _ list: ListFile, _ row: Int, _ column: Int?
  ) throws(LexiconError) {
    guard !cell.isEmpty else { return }
    // The flags of an entry speak of its name; an alias has its own, or none.
    let inherited = NameFlags.alias.union(flags.intersection([.historic, .foreign]))
    var at = 0
    while at <= cell.count {
      let end = cell[at...].firstIndex(of: 0x7C) ?? cell.count
      let part = cell[at..<end]
      let tilde = part.firstIndex(of: 0x7E) ?? end
      guard tilde > at else { throw list.problem(row, column: column, "an alias is empty; write alias|alias") }
      let form = Bytes(rebasing: cell[at..<tilde])
      let own = tilde < end ? try self.flags(Bytes(rebasing: cell[(tilde + 1)..<end]), list, row, column) : []
      try addPhrase(form, strings.id(form), entry, own.union(inherited), list, row)
      at = end + 1
    }
  }

  mutating func flags(_ cell: Bytes, _ list: ListFile, _ row: Int, _ column: Int?) throws(LexiconError)
    -> NameFlags
  {
    let id = strings.id(cell)
    if let known = flagsOf[id] { return known }
    var out = NameFlags()
    for name in strings.string(id).split(separator: ",") {
      let trimmed = String(name.filter { $0 != " " })
      guard let flag = NameFlags.byName[trimmed] else {
        throw list.problem(row, column: column, "flag '\(trimmed)' is unknown; flags are \(NameFlags.names)")
      }
      out.insert(flag)
    }
    flagsOf[id] = out
    return out
  }

  /// `prefix:` and the lower-case ASCII letters and digits of `name`, other runs as one hyphen.
  static func slug(_ prefix: String, _ name: Bytes) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(prefix.utf8.count + 1 + name.count)
    out.append(contentsOf: prefix.utf8)
    out.append(0x3A)
    let start = out.count
    for byte in name {
      switch byte {
      case 0x30...0x39, 0x61...0x7A: out.append(byte)
      case 0x41...0x5A: out.append(byte | 0x20)
      case 0x80...0xBF: break
      default: if out.count > start, out.last != 0x2D { out.append(0x2D) }
      }
    }
    if out.last == 0x2D { out.removeLast() }
    return out
  }
}
