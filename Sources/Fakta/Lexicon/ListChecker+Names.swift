extension ListChecker {
  /// What a subtype says of, by label; the lists share these words with rules and stages.
  static let subtypes: [String: Set<String>] = [
    "LOC": [
      "country", "region", "province", "regency", "city", "district", "village", "world-city", "physical", "landmark",
      "infrastructure",
    ],
    "ORG": [
      "ministry", "agency", "parliament", "court", "party", "police", "military", "company", "bank", "media",
      "university",
      "school", "club", "team", "union", "religious", "ngo", "international", "militant", "government",
    ],
    "PER": [
      "politician", "official", "police-military", "business", "religion", "science", "culture", "sport", "royal",
      "fiction",
    ],
  ]

  /// Checks the rows of a list of names.
  mutating func checkNames(_ i: Int) {
    let list = lists[i]
    let prefix = list.directives["id"] ?? LexiconCompiler.stem(list.path)
    for row in 0..<list.count {
      let place = Place(list: i, row: row)
      let nameColumn = list.column("name")!
      let name = list.cell(row, nameColumn)
      if name.isEmpty {
        error(place, column: nameColumn, "the name is empty; write it or delete the line")
        continue
      }
      if name.contains("|") || name.contains("~") {
        doubt(
          place, column: nameColumn,
          "'\(name)' has | or ~, which part aliases; write other forms into the column 'aliases'")
      }
      // That a whole list has no label was said once.
      if !isOwn || list.column("label") != nil || list.directives["label"] != nil { checkKind(list, place) }
      checkID(list, place, prefix, name)
      let flagColumn = list.column("flags")
      let flags = checkFlags(
        flagColumn.map { list.cell(row, $0) } ?? "", place, flagColumn.map { list.range(row, $0).lowerBound } ?? 0)
      var own = [addForm(name, flags, place, list.range(row, nameColumn).lowerBound)]
      if let aliases = list.column("aliases") { own += checkAliases(list, place, aliases, flags) }
      checkTwins(own.compactMap { $0 })
    }
  }

  private mutating func checkKind(_ list: ListFile, _ place: Place) {
    let label = list.value(place.row, "label")
    guard let subtypes = Self.subtypes[label] else {
      error(
        place, column: list.column("label"),
        "label '\(label)' is unknown; write PER, LOC or ORG, or set #! label= for the file")
      return
    }
    if isOwn { return }
    let subtype = list.value(place.row, "subtype")
    if !subtype.isEmpty, !subtypes.contains(subtype) {
      error(
        place, column: list.column("subtype"),
        "subtype '\(subtype)' is unknown for \(label); known are \(subtypes.sorted().joined(separator: ", "))")
    }
    let country = list.value(place.row, "country")
    if !country.isEmpty, !(country.utf8.count == 2 && country.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }) {
      error(
        place, column: list.column("country"),
        "country '\(country)' is no ISO 3166 code; write two capital letters, such as ID")
    }
    let xref = list.value(place.row, "xref")
    for part in xref.split(separator: ";", omittingEmptySubsequences: false) where !xref.isEmpty {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      if pair.count != 2 || pair.contains(where: \.isEmpty) {
        error(
          place, column: list.column("xref"),
          "cross-reference '\(part)' is no key=value; write such as iso=ID-SU;gn=1213642")
      }
    }
    let parent = list.value(place.row, "parent")
    if !parent.isEmpty {
      let c = list.column("parent")
      parents.append(
        (parent, place, c.map { list.range(place.row, $0).lowerBound } ?? list.range(place.row, 0).lowerBound))
    }
  }

  private mutating func checkID(_ list: ListFile, _ place: Place, _ prefix: String, _ name: String) {
    var id = list.column("id").map { list.cell(place.row, $0) } ?? ""
    if id.isEmpty {
      // Users do not give ids; two spellings of one name must not stop them.
      if isOwn { return }
      id = String(
        decoding: Array(name.utf8).withUnsafeBufferPointer { LexiconCompiler.slug(prefix, $0) }, as: UTF8.self)
    }
    guard let other = ids[id] else {
      ids[id] = place
      return
    }
    let there = lists[other.list]
    error(
      place, column: list.column("id") ?? list.column("name"),
      "id '\(id)' stands already at \(there.path):\(there.lines[other.row]); give one of them another id, or merge the lines"
    )
  }

  /// The flags of a cell; unknown ones are reported.
  mutating func checkFlags(_ text: String, _ place: Place, _ byte: Int) -> NameFlags {
    var out = NameFlags()
    var at = byte
    for part in text.split(separator: ",", omittingEmptySubsequences: false) where !text.isEmpty {
      let name = part.filter { $0 != " " }
      if let flag = NameFlags.byName[name] {
        out.insert(flag)
      } else {
        error(place, at: at, "flag '\(name)' is unknown; flags are \(NameFlags.names)")
      }
      at += part.utf8.count + 1
    }
    return out
  }

  private mutating func checkAliases(_ list: ListFile, _ place: Place, _ column: Int, _ flags: NameFlags) -> [NameForm?]
  {
    let cell = list.cell(place.row, column)
    guard !cell.isEmpty else { return [] }
    var forms: [NameForm?] = []
    var at = list.range(place.row, column).lowerBound
    for part in cell.split(separator: "|", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
      let form = String(pieces[0])
      if form.isEmpty {
        error(place, at: at, "an alias is empty; write alias|alias, or leave the cell empty")
      } else {
        if form.first == " " || form.last == " " {
          doubt(place, at: at, "alias '\(form)' begins or ends with a space; remove it")
        }
        let own = pieces.count > 1 ? checkFlags(String(pieces[1]), place, at + form.utf8.count + 1) : []
        forms.append(
          addForm(form, own.union(.alias).union(flags.intersection([.ambiguous, .historic, .foreign])), place, at))
      }
      at += part.utf8.count + 1
    }
    return forms
  }

  private mutating func addForm(_ text: String, _ flags: NameFlags, _ place: Place, _ byte: Int) -> NameForm? {
    report.forms += 1
    if text.contains("  ") { doubt(place, at: byte, "'\(text)' has two spaces in a row; write one") }
    guard let key = checkWords(text, place, byte) else { return nil }
    let form = NameForm(text: text, flags: flags, place: place, byte: byte)
    forms[key.path, default: []].append(form)
    if let word = key.word, flags.isDisjoint(with: [.commonWord, .needsCue, .exactCase]), !Self.isBrand(text),
      let count = words.common(word)
    {
      error(
        place, at: byte,
        "'\(text)' is an ordinary word (\(count.lower) times small, \(count.capital) times with a capital); flag it exact-case, common-word or needs-cue"
      )
    }
    return form
  }

  /// Whether a name is written small or mixed ("detikcom", "iNews"), so that the counts speak of itself.
  private static func isBrand(_ text: String) -> Bool {
    let upper = text.unicodeScalars.map(CaseFolding.isUpper)
    return upper.first == false || (upper.dropFirst().contains(true) && upper.contains(false))
  }

  /// The path that the matcher takes for a form, and the word in lower case when it is a single one; nil when there is none.
  @discardableResult
  mutating func checkWords(_ text: String, _ place: Place, _ byte: Int) -> (path: UInt64, word: String?)? {
    let bytes = Array(text.utf8)
    Tokenizer().tokenize(bytes, into: &tokens)
    var path: UInt64 = 0
    var count = 0
    for i in 0..<tokens.count where tokens.count == 1 || !LexiconMatcher.isSkippable(tokens.kind[i]) {
      let slice = Array(bytes[Int(tokens.start[i])..<Int(tokens.end[i])])
      path = WordHash.mix(path ^ (tokens.hash[i] != 0 ? tokens.hash[i] : WordHash.folded(slice, slice.count)))
      count += 1
    }
    if count == 0 {
      error(place, at: byte, "'\(text)' has no word in it; write a word or delete it")
      return nil
    }
    if count > LexiconMatcher.longestPhrase {
      error(place, at: byte, "'\(text)' has \(count) words, \(LexiconMatcher.longestPhrase) are possible; shorten it")
      return nil
    }
    let isWord = count == 1 && tokens.count == 1 && tokens.kind[0] == TokenKind.word
    return (path, isWord ? String(String.UnicodeScalarView(text.unicodeScalars.map(CaseFolding.lower))) : nil)
  }

  /// Forms of one entry that the matcher cannot tell apart.
  private mutating func checkTwins(_ own: [NameForm]) {
    for (i, form) in own.enumerated() {
      guard let twin = own[..<i].first(where: { Self.path($0.text) == Self.path(form.text) }) else { continue }
      // "Pan|PAN~exact-case": two forms that count differently.
      if form.flags.subtracting(.alias) != twin.flags.subtracting(.alias), form.text != twin.text { continue }
      doubt(
        form.place, at: form.byte,
        "'\(form.text)' is found as '\(twin.text)' already; delete it: case, hyphens, dots and spacing are the matcher's work"
      )
    }
  }

  private static func path(_ text: String) -> [UInt8] {
    text.utf8.compactMap { byte in
      switch byte {
      case 0x20, 0x2D, 0x2E: byte == 0x20 || byte == 0x2D ? 0x20 : nil
      case 0x41...0x5A: byte | 0x20
      default: byte
      }
    }
  }

  /// Forms that two entries share, unless a flag says so.
  mutating func checkShadows() {
    for (_, all) in forms where all.count > 1 {
      // What needs a cue never decides alone: a district may share its name with a town.
      for form in all where form.flags.isDisjoint(with: [.ambiguous, .needsCue]) {
        guard
          let other = all.first(where: { other in
            !other.isAlias && other.flags.isDisjoint(with: [.ambiguous, .needsCue])
              && (other.place.list, other.place.row) != (form.place.list, form.place.row)
              && !(Self.mustBeExact(form, other) && form.text != other.text)
          })
        else { continue }
        let there = lists[other.place.list]
        let what = form.isAlias ? "alias '\(form.text)' is also the name" : "the name '\(form.text)' is also that"
        doubt(
          form.place, at: form.byte,
          "\(what) of the entry at \(there.path):\(there.lines[other.place.row]); flag it ambiguous, or delete one of them"
        )
      }
    }
  }

  private static func mustBeExact(_ a: NameForm, _ b: NameForm) -> Bool {
    a.flags.contains(.exactCase) || b.flags.contains(.exactCase)
  }
}
