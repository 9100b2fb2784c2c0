/// Finds where the name of a body ends and that of the person begins who holds an office there.
///
///     CEO Otenta Anton Liu          ORG Otenta, which no list knows, and PER Anton Liu
///     Sekjen KOI Raja Pane          ORG KOI, PER Raja Pane, where the tagger read one name
///
/// **Cost.** A look at what stands before each name; more only behind offices.
struct EntityHolders: Sendable {
  private let businessOffices: EntryMap<Bool>
  /// Prepositions behind which stands only where somebody comes from (`asal`).
  private let origins: [UInt32]
  /// Small words inside names.
  private let connector: ClassSet
  private let conjunction: ClassSet
  private let one: Int32

  init(lexicon: Lexicon, one: Int32) {
    connector = lexicon.wordClass("name-connector")
    conjunction = lexicon.wordClass("conjunction")
    origins = ListRows.words(of: "prepositions", columns: ["form", "role", "sense"], in: lexicon) {
      $0.text(1) == "from" && $0.text(2) == "place"
    }
    businessOffices = EntryMap(lexicon, table: "offices", columns: ["kind", "extends"]) {
      ["business", "general", "party"].contains($0[0]) && $0[1] != "yes"
    }
    self.one = one
  }

  /// Adds the unknown words between an office of companies and a person, which are the company.
  func addBodies(_ document: Document, _ context: EntityContext, _ evidence: EntityEvidence, _ found: inout [FoundName])
  {
    var parts: [FoundName] = []
    var last = 0
    for k in found.indices {
      if found[k].label != .organization, found[k].count > 1, isBodyBySuffix(found[k], document, context, evidence) {
        found[k].label = .organization
      }
      // `Head of Product Raf Van Nuffel`: a particle begins no name of two words.
      if found[k].label == .person, found[k].start > last, context[found[k].start].starts.contains(.particle),
        found[k].start > 0, isBodyWord(found[k].start - 1, document, context, evidence),
        context[found[k].start].begin == 0, document.tokens.gap[found[k].start] == TokenGap.space
      {
        found[k].start -= 1
      }
      let name = found[k]
      defer { last = name.end }
      guard name.label == .person, name.start >= last + 2,
        isBodyWord(name.start - 1, document, context, evidence),
        context[name.start].begin == 0, document.tokens.gap[name.start] == TokenGap.space
      else { continue }
      var start = name.start - 1
      while start > last, name.start - start < 3, document.tokens.gap[start] == TokenGap.space,
        isBodyWord(start - 1, document, context, evidence)
      { start -= 1 }
      guard start > 0, isOfficeEnd(start - 1, document, context), document.tokens.gap[start] == TokenGap.space else {
        continue
      }
      parts.append(
        FoundName(
          start: start, end: name.start, label: .organization, margin: one * 2, firstTag: start, lastTag: name.start - 1
        ))
    }
    merge(parts, into: &found)
  }

  /// Whether the word may be the name of a company that nobody knows.
  private func isBodyWord(
    _ i: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    let form = context[i].form
    guard form == WordForm.capital || form == WordForm.mixed || form == WordForm.allCaps, context[i].begin == 0,
      context[i].hit & 1 == 0, evidence.isUncommon(i, document, context)
    else { return false }
    return context[i].starts.isDisjoint(with: [
      .office, .officePrefix, .rank, .honorific, .occupation, .orgHead, .placeHead, .calendar, .degree, .kinship,
    ]) && context[i].ends.isDisjoint(with: [.office, .rank, .honorific, .occupation])
  }

  /// Whether an office of companies ends with token `i`.
  private func isOfficeEnd(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard context[i].ends.contains(.office) else { return false }
    for k in max(0, i - 4)...i {
      for m in document.matchRange(at: k) where Int(document.matches[m].end) == i + 1 {
        if businessOffices.first(at: document.matches[m].state, in: context.lexicon) == true { return true }
      }
    }
    return false
  }

  /// Cuts names behind an office that are the body and the person in one.
  func split(
    _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence, _ memory: EntityMemory,
    _ found: inout [FoundName]
  ) {
    var parts: [FoundName] = []
    for k in found.indices {
      let name = found[k]
      if name.label == .organization, let start = officeEnd(inside: name, document, context),
        (start..<name.end).allSatisfy({
          document.tokens.kind[$0] == TokenKind.apostrophe
            || evidence.isFree($0, context) && evidence.isUncommon($0, document, context)
        })
      {
        found[k].start = start
        found[k].label = .person
        continue
      }
      guard name.count >= 2, name.count <= 12 else { continue }
      let next = k + 1 < found.count ? found[k + 1] : nil
      if name.label != .person, let rank = rank(inside: name, next, document, context, evidence) {
        var person = name
        person.start = rank + 1
        person.label = .person
        found[k].end = rank
        if person.count > 0 { parts.append(person) }
        continue
      }
      if name.label != .person {
        if let cut = knownCut(name, document, context, evidence, memory)
          ?? heldCut(name, next, document, context, evidence)
        {
          var person = name
          person.start = cut
          person.label = .person
          found[k].end = cut
          // `Universitas Gadjah Mada Erwan` + `Agus Purwanto`
          if k + 1 < found.count, found[k + 1].start == name.end, found[k + 1].label == .person,
            document.tokens.gap[name.end] == TokenGap.space, context[name.end].begin == 0
          {
            found[k + 1].start = cut
          } else {
            parts.append(person)
          }
          continue
        }
      } else if context.isSport, name.count >= 3, let cut = team(behind: name, document, context) {
        var team = name
        team.start = cut
        team.label = .organization
        found[k].end = cut
        parts.append(team)
        continue
      }
      if name.label == .organization, let cut = personStart(behindSuffix: name, document, context, evidence) {
        var person = name
        person.start = cut
        person.label = .person
        found[k].end = cut
        parts.append(person)
        continue
      }
      guard name.label != .location, name.start > 0, context[name.start].begin == 0,
        !context[name.start - 1].ends.isDisjoint(with: [.office, .occupation]),
        let cut = cut(name, document, context, evidence, memory)
          ?? familyCut(name, document, context, evidence, memory)
      else { continue }
      var person = name
      person.start = cut
      person.label = .person
      found[k].end = cut
      found[k].label = .organization
      parts.append(person)
    }
    merge(parts, into: &found)
  }

  /// `Unit Kenanga Group Sam Wulung`, `Head PT WLG Yohan Wulung`: `Ketua GAWLRI Ismanur Wulunga`: where a person begins
  /// behind a corporate form or behind capitals that are all of a body's name.
  private func personStart(
    behindSuffix name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    guard name.count >= 3, name.count <= 8 else { return nil }
    if let cut = personStart(behindPlace: name, document, context, evidence) { return cut }
    for k in name.start..<name.end - 2 {
      let cut = k + 1
      guard endsBody(k, name, document, context, evidence), name.end - cut <= 4,
        document.tokens.gap[cut] == TokenGap.space, context[cut].form == WordForm.capital,
        k == name.start || context[cut].starts.contains(.given),
        (cut..<name.end).allSatisfy({
          isPersonWord($0, context, evidence, document.tokens) && context[$0].hit & 6 == 0
            && context[$0].starts.isDisjoint(with: .orgSuffix)
            && (context[$0].form != WordForm.capital || evidence.isUncommon($0, document, context))
        })
      else { continue }
      return cut
    }
    return nil
  }

  /// `Kepala GAWLRI Bogor Gunawan`, `CEO Kenangira Indonesia Sam Wulung`: where a person begins behind the place that ends the name of
  /// an unknown body.
  private func personStart(
    behindPlace name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    let place = name.start + 1
    guard context[place].hitIndex >= 0, context[name.start].hit & 6 == 0, name.start > 0,
      context[name.start].begin == 0
    else { return nil }
    let hit = context.hit(context[place].hitIndex)
    let cut = Int(hit.end)
    guard Int(hit.start) == place, hit.sure == 4, cut < name.end, name.end - cut <= 4,
      document.tokens.gap[cut] == TokenGap.space,
      endsBody(name.start, name, document, context, evidence)
        || isOfficeEnd(name.start - 1, document, context) && isBodyWord(name.start, document, context, evidence)
          && name.end - cut >= 2,
      !evidence.isInsideName(cut, document, context),
      looksLikePerson(cut, name.end, document, context, evidence)
    else { return nil }
    return cut
  }

  /// Whether a body's name may end with token `k`: a corporate form, the capitals behind `PT`, or capitals alone behind an office.
  private func endsBody(
    _ k: Int, _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    if k == name.start {
      return context[k].form == WordForm.allCaps && document.tokens.length(k) >= 3 && k > 0 && context[k].begin == 0
        && context[k].starts.isDisjoint(with: [.orgHead, .placeHead]) && context[k - 1].ends.contains(.office)
        && context[k].isCaseless == 0
    }
    if context[k].form == WordForm.allCaps, k == name.start + 1, document.tokens.length(name.start) == 2 {
      return context[name.start].starts.contains(.orgHead)
    }
    return document.tokens.gap[k] == TokenGap.space && context[k].ends.contains(.orgSuffix)
      && context[k].starts.contains(.orgSuffix) && evidence.isUncommon(k, document, context)
  }

  /// Whether a number stands at `i`, with a sign or without.
  private func isFigure(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.kindAt(i) == TokenKind.number || tokens.kindAt(i) == TokenKind.plus
  }

  /// `bintang Barcelona Neymar`: where a name of the lists ends, and behind it stands whom the article calls a person.
  private func knownCut(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let last = name.end - 1
    guard context[last].form == WordForm.capital, context[last].hit & 6 == 0, context[name.start].hitIndex >= 0 else {
      return nil
    }
    let hit = context.hit(context[name.start].hitIndex)
    let cut = Int(hit.end)
    guard Int(hit.start) == name.start, cut < name.end, name.end - cut <= 4, hit.labels & 2 == 0,
      hit.labels & 1 << name.label.rawValue != 0,
      // `Dirjen Bimas, Muhammadiyah Amin`, `A$ AP Rocky`
      name.start == 0
        || document.tokens.kind[name.start - 1] != TokenKind.comma
          && document.tokens.kind[name.start - 1] != TokenKind.currency,
      cut == last || !context[cut].starts.isDisjoint(with: Self.parts),
      (cut..<name.end).allSatisfy({ isPersonWord($0, context, evidence, document.tokens) }),
      !evidence.isInsideName(cut, document, context)
    else { return nil }
    var (label, strength) = memory.label(cut, name.end, document.tokens)
    if label != .person, name.end > cut + 1 { (label, strength) = memory.label(last, name.end, document.tokens) }
    return label == .person && strength > 1 ? cut : nil
  }

  /// `Direktur Ritel Bank Kenanga Bianto Wulung`, `bek asal Brasil Dedimar`: where a name of the lists ends, behind an office or
  /// an origin, and behind it stands what is a person by its words.
  private func heldCut(
    _ name: FoundName, _ next: FoundName?, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    let tokens = document.tokens
    guard let cut = listedEnd(name, document, context), name.end - cut <= 4,
      isHeld(name, document, context), tokens.gap[cut] == TokenGap.space,
      !evidence.isInsideName(cut, document, context)
    else { return nil }
    // `Direktur Bank Kenanga Digital Bianto Wulung`, `Direktur Bank Kenanga Digital, Bianto Wulung`: who holds the office follows.
    if let next, next.label == .person, next.start <= name.end + 1 { return nil }
    if goesOn(name.end, document, context) { return nil }
    var (words, common) = (0, 0)
    for i in cut..<name.end {
      guard isPersonWord(i, context, evidence, tokens) else { return nil }
      guard context[i].form == WordForm.capital else { continue }
      words += 1
      if !evidence.isUncommon(i, document, context) { common += 1 }
    }
    return words > 0 && (common == 0 || common == 1 && words >= 3) ? cut : nil
  }

  /// Whether what stands at `end` makes more of the name before it: its abbreviation, or a small word of foreign names
  /// (`Komunitas Wulung Classic and Vintage`).
  private func goesOn(_ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard end + 1 < tokens.count, context[end].begin == 0 else { return false }
    if tokens.kind[end] == TokenKind.openParen { return tokens.kind[end + 1] == TokenKind.word }
    let classes = context.lexicon.classes(ofWord: tokens.id[end])
    // `Bianto Wulung di Bogor`
    guard !context[end].starts.contains(.placePreposition) else { return false }
    return classes.intersects(connector) && !classes.intersects(conjunction) && WordForm.isName(context[end + 1].form)
  }

  /// Where the sure name of a place or body ends with which the name begins, be it behind its designator; nil when nothing
  /// follows.
  private func listedEnd(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let head: CueSet = name.label == .location ? .placeHead : .orgHead
    var start = name.start
    for m in document.matchRange(at: start) where Int(document.matches[m].end) < name.end {
      guard context.cues.cues(context.lexicon.classes(at: document.matches[m].state)).contains(head) else { continue }
      start = max(start, Int(document.matches[m].end))
    }
    var end = start
    while end < name.end, context[end].hitIndex >= 0 {
      let hit = context.hit(context[end].hitIndex)
      // A designator is proof enough for a doubtful place where more than a word follows (`Kecamatan Citamiang Opi Lestari`);
      // behind one name only a place goes on with it (`Damkar PB Bogor`).
      let isSure =
        hit.sure & 12 != 0 && (end == start || hit.labels & 4 != 0)
        || end == start && start > name.start && hit.labels & 12 != 0 && name.end > Int(hit.end) + 1
      // `DPD Partai | Kenanga`: the designator may take the first word of the listed name.
      guard hit.labels & 2 == 0, isSure, Int(hit.start) == end || end == start && Int(hit.start) >= name.start
      else { break }
      end = Int(hit.end)
      // `DJP Pusat`
      if hit.sure & 8 != 0, end + 1 < name.end, context[end].starts.contains(.direction) { end += 1 }
    }
    return end > start && end < name.end ? end : nil
  }

  /// Whether an office, an occupation or a word of origin stands before the name, be it with the office's own words between
  /// (`Direktur Ritel`).
  private func isHeld(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    var at = name.start
    for _ in 0..<4 where at > 0 {
      guard context[at].begin == 0, document.tokens.gap[at] == TokenGap.space else { return false }
      at -= 1
      if !context[at].ends.isDisjoint(with: [.office, .occupation]) { return true }
      if at == name.start - 1, origins.contains(document.tokens.id[at]) { return true }
      guard context[at].form == WordForm.capital, context[at].hit & 12 == 0 else { return false }
    }
    return false
  }

  /// `Wulung Foundation`: whether a word ends the name with which only bodies are called, though the words before it are a person's.
  private func isBodyBySuffix(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    let last = name.end - 1
    guard context[last].ends.contains(.orgSuffix), context[last].form == WordForm.capital, context[last].hit & 1 == 0,
      context[last].starts.isDisjoint(with: Self.parts), document.tokens.gap[last] == TokenGap.space
    else { return false }
    return document.matchRange(at: last).contains {
      let match = document.matches[$0]
      return Int(match.end) == name.end && evidence.suffixes.first(at: match.state, in: context.lexicon) == false
    }
  }

  /// `Polres Kenanga Ipda Asep`: where a rank stands inside the name of a body or area, with a person behind it; streets are called after
  /// persons with their rank.
  private func rank(
    inside name: FoundName, _ next: FoundName?, _ document: Document, _ context: EntityContext,
    _ evidence: EntityEvidence
  ) -> Int? {
    guard name.count > 2, context[name.start].starts.isDisjoint(with: .placeHead) else { return nil }
    for i in name.start + 1..<name.end
    where context[i].starts.contains(.rank) && context[i].ends.contains(.rank) && context[i].form != WordForm.small {
      // The person behind it is a name of its own already.
      if i == name.end - 1 { return next?.start == name.end && next?.label == .person ? i : nil }
      guard evidence.isUncommon(i, document, context), document.tokens.gap[i + 1] == TokenGap.space,
        (i + 1..<name.end).allSatisfy({ isPersonWord($0, context, evidence, document.tokens) }),
        !context[i + 1].starts.isDisjoint(with: Self.parts) || context[i + 1].form == WordForm.initial
          || document.tokens.length(i + 1) == 1
      else { continue }
      return i
    }
    return nil
  }

  /// `Lewis Hamilton Mercedes`: where the team begins that ends a person's name.
  private func team(behind name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let last = name.end - 1
    guard context[last].hitIndex >= 0, context[last].form == WordForm.capital else { return nil }
    let hit = context.hit(context[last].hitIndex)
    let start = Int(hit.start)
    guard Int(hit.end) == name.end, start >= name.start + 2, hit.labels & 8 != 0, hit.labels & 2 == 0,
      // `Putu Gede Juni Antara`
      hit.sure & 8 != 0 || hit.labels & 4 != 0 || isFigure(name.end, document.tokens),
      context[start].starts.isDisjoint(with: Self.parts)
    else { return nil }
    return start
  }

  /// Where an office ends that begins before the name (`Ketua Majelis Hakim Yanto`).
  private func officeEnd(inside name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let last = name.start - 1
    guard name.count >= 2, last >= 0, context[last].starts.contains(.office) else { return nil }
    for m in document.matchRange(at: last) {
      let end = Int(document.matches[m].end)
      guard end > name.start, end < name.end,
        context.cues.cues(context.lexicon.classes(at: document.matches[m].state)).contains(.office)
      else { continue }
      return end
    }
    return nil
  }

  private func cut(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let tokens = document.tokens
    var cut = name.end
    // The shortest person that fits leaves the longest body.
    while cut > name.start + 1, name.end - cut < 6, isPersonWord(cut - 1, context, evidence, tokens) {
      cut -= 1
      guard tokens.kind[cut] == TokenKind.word, tokens.gap[cut] == TokenGap.space, context[cut].form != WordForm.small,
        tokens.kind[cut - 1] != TokenKind.hyphen
      else { continue }
      if isBody(name, cut, document, context, evidence, memory), !evidence.isInsideName(cut, document, context),
        isPerson(cut, name, document, context, evidence, memory)
      {
        return cut
      }
    }
    return nil
  }

  /// `CEO Kenanga Raya Gurnek Wulung … Wulung`: two words before the end, of which the article knows the last as a person's.
  private func familyCut(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let (last, cut) = (name.end - 1, name.end - 2)
    guard name.label == .organization, cut > name.start, document.tokens.gap[cut] == TokenGap.space,
      document.tokens.gap[last] == TokenGap.space,
      [cut, last].allSatisfy({ evidence.isFree($0, context) && evidence.isUncommon($0, document, context) }),
      context[cut].hit & 6 == 0, context[cut].starts.isDisjoint(with: .orgSuffix),
      WordForm.isName(context[cut - 1].form), !evidence.isInsideName(cut, document, context)
    else { return nil }
    let (label, strength) = memory.label(last, name.end, document.tokens)
    guard label == .person, strength > 1 else { return nil }
    // `VP Product Kenanga Sam`: of two words the first is the body.
    let first = memory.label(cut, last, document.tokens)
    return first.label == .organization && first.strength > 0.5 ? last : cut
  }

  private func isPersonWord(_ i: Int, _ context: EntityContext, _ evidence: EntityEvidence, _ tokens: TokenTable)
    -> Bool
  {
    // `Gomes de Oliviera`, `Pierre-Emerick Aubameyang`
    tokens.kind[i] == TokenKind.period || tokens.kind[i] == TokenKind.hyphen || context[i].form == WordForm.initial
      || evidence.isFree(i, context)
      || context[i].form == WordForm.small && context[i].starts.contains(.particle)
  }

  /// Whether the article or a list calls the words before `cut` a body.
  private func isBody(
    _ name: FoundName, _ cut: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Bool {
    let (label, strength) = memory.label(name.start, cut, document.tokens)
    if label == .organization, strength > 0.5 { return true }
    guard name.label == .organization else { return false }
    if context[cut - 1].hitIndex >= 0 {
      let hit = context.hit(context[cut - 1].hitIndex)
      if Int(hit.end) == cut, Int(hit.start) >= name.start, hit.labels & 2 == 0,
        !isHead(name.start, cut, document, context)
      {
        // `Kanwil Kemenkumham Riau`, `Huawei Device Indonesia`
        return hit.labels & 8 != 0
          || hit.sure & 4 != 0 && (context[name.start].starts.contains(.orgHead) || context[name.start].hit & 4 != 0)
      }
      return false
    }
    // `CEO Kenanga Joyce Lim`
    return cut == name.start + 1 && name.end > cut + 1 && isBodyWord(name.start, document, context, evidence)
      && context[name.start].starts.isDisjoint(with: Self.parts) && isOfficeEnd(name.start - 1, document, context)
      && looksLikePerson(cut, name.end, document, context, evidence)
  }

  /// Whether the words are no more than the beginning of bodies' names (`Karang Taruna`).
  private func isHead(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    document.matchRange(at: start).contains {
      let match = document.matches[$0]
      return Int(match.end) == end
        && context.cues.cues(context.lexicon.classes(at: match.state)).contains(.orgHead)
    }
  }

  /// Whether the words behind `cut` are a person's name for the article, or look like one.
  private func isPerson(
    _ cut: Int, _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Bool {
    let tokens = document.tokens
    guard context[cut].form == WordForm.capital || name.end > cut + 1 else { return false }
    let whole = memory.label(cut, name.end, tokens)
    if whole.label == .person, whole.strength > 1 { return true }
    let last = memory.label(name.end - 1, name.end, tokens)
    if name.end > cut + 1, last.label == .person, last.strength > 1 { return true }
    guard name.label == .organization else { return name.end > cut + 1 }
    // `Manajer Wulungsaru Yudha Tirtawulung`: a body of the article, and more words behind it than make another one of it.
    let body = memory.label(name.start, cut, tokens)
    if body.label == .organization, body.strength > 1, name.end > cut + 1,
      (cut..<name.end).allSatisfy({ evidence.isFree($0, context) && evidence.isUncommon($0, document, context) })
    {
      return true
    }
    // `PT Dua Putra Perkasa`: companies are called like persons.
    if context[name.start].starts.contains(.orgHead), tokens.length(name.start) <= 2 { return false }
    return looksLikePerson(cut, name.end, document, context, evidence)
  }

  private static let parts: CueSet = [.given, .family]

  /// Whether all words are parts of persons' names that news seldom write small; of three words one may be a common one.
  private func looksLikePerson(
    _ start: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    var common = 0
    for i in start..<end where context[i].form == WordForm.capital {
      if context[i].starts.isDisjoint(with: Self.parts) { return false }
      if !evidence.isUncommon(i, document, context) { common += 1 }
    }
    return common == 0 || common == 1 && end - start >= 3
  }

  /// Puts the parts among the names, in text order.
  private func merge(_ parts: [FoundName], into found: inout [FoundName]) {
    guard !parts.isEmpty else { return }
    found.append(contentsOf: parts)
    found.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }
}
