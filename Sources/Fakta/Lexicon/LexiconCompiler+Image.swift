extension LexiconCompiler {
  /// The compiled image of everything added.
  public func image() -> [UInt8] {
    var compiler = self
    compiler.numberByFrequency()
    return compiler.writtenImage()
  }

  /// Numbers nodes and texts anew: nodes of one word first, by the word's id, then the others by their rarest word. So what news
  /// speaks of lies side by side in every column, and a short text touches few pages.
  ///
  /// Nodes of a user's lists keep their numbers, for their tree begins at a node of its own.
  private mutating func numberByFrequency() {
    guard base == nil else { return }
    let ranks = rarestWords
    arrangeTexts(ranks)
    var number = [UInt32](repeating: 0, count: Int(stateCount))
    var next: UInt32 = 2
    if number.count > 1 { number[1] = 1 }
    for root in roots where root != 0 {
      number[Int(root)] = next
      next += 1
    }
    let others = number.indices.dropFirst(2).filter { number[$0] == 0 }
    for state in others.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }) {
      number[state] = next
      next += 1
    }
    for i in roots.indices { roots[i] = number[Int(roots[i])] }
    for i in payload.indices { payload[i].state = number[Int(payload[i].state)] }
    var renumbered = ProbeTable(keysAreHashes: false)
    for (key, state) in steps.entries {
      renumbered.insert(UInt64(number[Int(key >> 32)]) << 32 | key & 0xFFFF_FFFF, number[Int(state)])
    }
    steps = renumbered
  }

  /// By node: the id of the rarest word on the way to it.
  private var rarestWords: [UInt32] {
    var ranks = [UInt32](repeating: 0, count: Int(stateCount))
    for (word, root) in roots.enumerated() where root != 0 { ranks[Int(root)] = UInt32(word) }
    // A node is made after the one that leads to it, and so has a larger number.
    for (key, state) in steps.entries.sorted(by: { $0.value < $1.value }) {
      ranks[Int(state)] = max(ranks[Int(key >> 32)], UInt32(truncatingIfNeeded: key))
    }
    return ranks
  }

  /// Lays the texts of lists of names down by the rarest word of the name, the texts of one name beside each other; what many
  /// rows say, such as subtypes, before them, what nothing but a cell says behind them.
  private mutating func arrangeTexts(_ ranks: [UInt32]) {
    var places = [UInt64](repeating: .max, count: strings.count)
    var rows = [UInt64](repeating: .max, count: rowName.count)
    for item in payload {
      let (row, form) = (Int(item.row), Int(item.form))
      let place = UInt64(ranks[Int(item.state)]) << 32 | UInt64(row)
      rows[row] = min(rows[row], place)
      places[form] = min(places[form], place)
    }
    for row in rows.indices {
      for text in [rowName[row], rowKey[row]] { places[Int(text)] = min(places[Int(text)], rows[row]) }
    }
    var uses = [Int](repeating: 0, count: strings.count)
    for text in cells { uses[Int(text)] += 1 }
    for text in places.indices where uses[text] >= Self.manyRows { places[text] = 0 }
    let prepared = (1..<UInt32(preparedTexts)).map { $0 }
    let others = (UInt32(preparedTexts)..<UInt32(strings.count)).sorted {
      (places[Int($0)], $0) < (places[Int($1)], $1)
    }
    let ids = strings.arrange(prepared + others)
    for i in payload.indices { payload[i].form = ids[Int(payload[i].form)] }
    rowName = rowName.map { ids[Int($0)] }
    rowKey = rowKey.map { ids[Int($0)] }
    cells = cells.map { ids[Int($0)] }
    for i in stride(from: 0, to: files.count, by: 7) {
      files[i] = ids[Int(files[i])]
      files[i + 1] = ids[Int(files[i + 1])]
    }
    for i in stride(from: 0, to: columns.count, by: 3) {
      columns[i] = ids[Int(columns[i])]
      if columns[i + 1] != 0 { columns[i + 2] = ids[Int(columns[i + 2])] }
    }
  }

  /// How many rows must say something for it to be one of the texts that many say.
  private static let manyRows = 8

  private func writtenImage() -> [UInt8] {
    var writer = LexiconImageWriter()
    var sets = ClassSetTable()
    let ends = StateEnds(self, &sets)
    writer.add("STRINGS", bytes: strings.bytes)
    writer.add("STROFF", strings.offsets)
    addVocabulary(to: &writer, ends, &sets)
    addTree(to: &writer, ends)
    writer.add("SPAY", ends.starts)
    writer.add("SSET", ends.sets)
    writer.add("PENTRY", ends.order.map { payload[Int($0)].row })
    writer.add("PFLAGS", ends.order.map { payload[Int($0)].flags })
    writer.add("PFORM", ends.order.map { payload[Int($0)].form })
    writer.add("ESET", rowClasses.map { sets.id($0) })
    writer.add("EINFO", rowInfo)
    writer.add("ELINE", rowLine)
    writer.add("ENAME", rowName)
    writer.add("EKEY", rowKey)
    writer.add("CELLS", cells)
    writer.add("FILES", files)
    writer.add("COLUMNS", columns)
    writer.add("CLASSES", bytes: Array(classes.prefix(ClassSet.capacity).joined(separator: "\n").utf8))
    writer.add("SETLOW", sets.sets.map(\.low))
    writer.add("SETHIGH", sets.sets.map(\.high))
    if !rules.isEmpty { writer.add(RuleImage.section, bytes: RuleImage.encode(rules)) }
    for (name, bytes) in sections { writer.add(name, bytes: bytes) }
    return writer.image()
  }

  /// The words by which phrases go on from a node of one word, as bits (`FoundWord.follower`).
  private var followersByRoot: [UInt32: UInt64] {
    let isRoot = Set(roots)
    var found: [UInt32: UInt64] = [:]
    for (key, _) in steps.entries where isRoot.contains(UInt32(key >> 32)) {
      found[UInt32(key >> 32), default: 0] |= 1 << FoundWord.follower(UInt32(truncatingIfNeeded: key))
    }
    return found
  }

  /// How many words count as frequent: nine of ten words of a text. Ids follow the statistics.
  private static let frequentWords: UInt32 = 6144

  private func addVocabulary(to writer: inout LexiconImageWriter, _ ends: StateEnds, _ sets: inout ClassSetTable) {
    // One line of memory tells all of a token.
    let known = UInt32(base?.words ?? 0)
    let first = base == nil ? firstClasses.map { sets.id($0) } : []
    let begins = LexiconMatcher.triggerClasses.map { (ClassSet(index: self.classIndex[$0.name]), $0.trigger) }
    let followers = followersByRoot
    var often: [(key: UInt64, hash: UInt64, value: UInt64)] = []
    var seldom = often
    for (hash, word) in vocabulary.entries.sorted(by: { $0.value < $1.value }) {
      let root = roots[Int(word - known)]
      var triggers = calendarWords.contains(word) ? TokenTrigger.calendar : 0
      if base == nil {
        for (set, trigger) in begins where firstClasses[Int(word)].intersects(set) { triggers |= trigger }
      }
      let found = FoundWord(
        id: word, root: ends.packed(root), followers: followers[root] ?? 0, triggers: triggers)
      let entry = (key: hash, hash: hash, value: found.packed)
      if base == nil, word <= Self.frequentWords || listedWords.contains(word) {
        often.append(entry)
      } else {
        seldom.append(entry)
      }
    }
    if base == nil {
      let near = BucketTable.nearImage(of: often, percent: 60)
      writer.add("VOFTEN", near.table)
      seldom += near.left
    }
    writer.add("VOCAB", BucketTable.image(of: seldom, percent: 75))
    writer.add("WCASE", bytes: wordCase)
    writer.add("WCLUST", wordClusters)
    // A word alone has the classes of the forms that end at its root.
    let touched = userFirstClasses.keys.sorted()
    if base == nil {
      writer.add("WSET", roots.map { ends.sets[Int($0)] })
      writer.add("WFIRST", first)
    } else {
      writer.add("WSET", touched.map { ends.sets[Int(steps[1 << 32 | UInt64($0)] ?? 0)] })
      writer.add("WFIRST", touched.map { sets.id(userFirstClasses[$0]!) })
    }
    writer.add("XWORD", touched)
    writer.add("TROOT", base == nil ? roots.map { ends.packed($0) } : [])
    writer.add("COUNTS", [UInt32(roots.count - 1)])
  }

  private func addTree(to writer: inout LexiconImageWriter, _ ends: StateEnds) {
    let isRoot = Set(roots)
    var entries: [(key: UInt64, hash: UInt64, value: UInt64)] = []
    var firstPairs: [UInt64] = []
    var followers = [UInt32](repeating: 0, count: Int(stateCount))
    for (key, _) in steps.entries {
      followers[Int(key >> 32)] |= TreeStep.follower(UInt32(truncatingIfNeeded: key))
    }
    for (key, state) in steps.entries {
      let hash = WordHash.mix(key)
      entries.append((key, hash, UInt64(ends.packed(state)) | UInt64(followers[Int(state)]) << 32))
      if isRoot.contains(UInt32(key >> 32)) { firstPairs.append(hash) }
    }
    writer.add("TSTEPS", BucketTable.image(of: entries, percent: 75))
    // Sixteen bits for each pair: one of sixteen that are in no list passes.
    guard base == nil else { return }
    var pairs = [UInt64](repeating: 0, count: 64)
    while pairs.count * 4 < firstPairs.count { pairs += pairs }
    for hash in firstPairs {
      let place = PhraseTree.pairBit(hash, mask: pairs.count - 1)
      pairs[place.word] |= 1 << place.bit
    }
    writer.add("TPAIRS", pairs)
  }

  /// What ends at each node, and how that is packed into the numbers of the tree.
  struct StateEnds {
    /// Places in `payload`, by node, then as the lists came.
    var order: [UInt32]
    /// For each node, where its places begin; one more at the end.
    var starts: [UInt32]
    /// Number of the union of the classes of all forms that end at the node.
    var sets: [UInt16]
    private var bits: [UInt8]

    init(_ compiler: LexiconCompiler, _ table: inout ClassSetTable) {
      let count = Int(compiler.stateCount)
      starts = [UInt32](repeating: 0, count: count + 1)
      sets = [UInt16](repeating: 0, count: count)
      bits = [UInt8](repeating: 0, count: count)
      var unions = [UInt32: ClassSet]()
      for item in compiler.payload { starts[Int(item.state) + 1] += 1 }
      for i in 1..<starts.count { starts[i] += starts[i - 1] }
      var next = starts
      order = [UInt32](repeating: 0, count: compiler.payload.count)
      for (i, item) in compiler.payload.enumerated() {
        let state = Int(item.state)
        order[Int(next[state])] = UInt32(i)
        next[state] += 1
        let set = compiler.rowClasses[Int(item.row)]
        if starts[state + 1] - starts[state] == 1 {
          sets[state] = table.id(set)
        } else {
          unions[item.state, default: ClassSet()] = unions[item.state, default: ClassSet()].union(set)
        }
        if bits[state] & TreeBits.ends8 == 0 { bits[state] |= TreeBits.ends8 | TreeBits.exact8 }
        if item.flags & UInt16(NameFlags.exactCase.rawValue) == 0 { bits[state] &= ~TreeBits.exact8 }
      }
      for state in unions.keys.sorted() { sets[Int(state)] = table.id(unions[state]!) }
      for slot in compiler.steps.keys.indices where compiler.steps.keys[slot] != 0 {
        bits[Int(compiler.steps.keys[slot] >> 32)] |= TreeBits.goesOn8
      }
    }

    func packed(_ state: UInt32) -> UInt32 { state == 0 ? 0 : state << TreeBits.shift | UInt32(bits[Int(state)]) }
  }
}

/// How a node stands in the tables of the tree: its number, and three bits that spare most look-ups.
enum TreeBits {
  static let shift: UInt32 = 3
  /// A phrase goes on from here.
  static let goesOn: UInt32 = 1
  /// A phrase ends here.
  static let ends: UInt32 = 2
  /// Every phrase that ends here counts only as it is written.
  static let exact: UInt32 = 4
  static let goesOn8 = UInt8(goesOn)
  static let ends8 = UInt8(ends)
  static let exact8 = UInt8(exact)
}
