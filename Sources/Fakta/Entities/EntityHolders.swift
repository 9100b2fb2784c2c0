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
  /// Vocabulary ids of the corporate forms that stand before a name (`PT`).
  let firmLeads: [UInt32]
  let one: Int32

  init(lexicon: Lexicon, one: Int32) {
    connector = lexicon.wordClass("name-connector")
    conjunction = lexicon.wordClass("conjunction")
    firmLeads = NameRules.firmLeads(lexicon)
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
      guard name.label == .person, name.start >= last + 2, context[name.start].begin == 0 else { continue }
      // `CEO Otenta, Anton Liu`
      let end = name.start - (document.tokens.kind[name.start - 1] == TokenKind.comma ? 1 : 0)
      guard end >= last + 2, isBodyWord(end - 1, document, context, evidence),
        document.tokens.gap[name.start] == TokenGap.space
      else { continue }
      var start = end - 1
      while start > last, end - start < 3, document.tokens.gap[start] == TokenGap.space,
        isBodyWord(start - 1, document, context, evidence)
      { start -= 1 }
      // `Business Development Manager International, Anton Liu`
      guard start > 0, isOfficeEnd(start - 1, document, context), document.tokens.gap[start] == TokenGap.space,
        end == name.start || context[start].starts.isDisjoint(with: .orgSuffix)
      else { continue }
      parts.append(
        FoundName(
          start: start, end: end, label: .organization, margin: one * 2, firstTag: start, lastTag: end - 1
        ))
    }
    merge(parts, into: &found)
  }

  /// Whether the word may be the name of a company that nobody knows.
  func isBodyWord(
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
  func isOfficeEnd(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
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
      if let start = personStart(behindOffice: name, document, context, evidence) {
        found[k].start = start
        found[k].label = .person
        continue
      }
      guard name.count >= 2, name.count <= 12 else { continue }
      let next = k + 1 < found.count ? found[k + 1] : nil
      if let opener = opener(inside: name, document, evidence) {
        let listing = context.listing(at: name.start)
        let isPlace = listing.map { Int($0.end) == opener && $0.sure == 4 } ?? false
        if name.label == .person, !isPlace {
          // `Dirjen Pemasyarakatan I Wayan Kenanga`: what stands before is no name.
          found[k].start = opener
        } else {
          parts.append(Self.part(of: name, from: opener, name.label))
          found[k].end = opener
          if name.label == .person { found[k].label = .location }
        }
        continue
      }
      if name.label != .person, let rank = rank(inside: name, next, document, context, evidence) {
        if rank + 1 < name.end { parts.append(Self.part(of: name, from: rank + 1, .person)) }
        found[k].end = rank
        continue
      }
      if name.label != .person,
        let cut = knownCut(name, document, context, evidence, memory)
          ?? heldCut(name, next, document, context, evidence)
          ?? introducedCut(name, next, document, context, evidence, memory)
      {
        found[k].end = cut
        // `Universitas Airlangga Rudi` + `Hartono Saputra`
        if let next, next.start == name.end, next.label == .person, document.tokens.gap[name.end] == TokenGap.space,
          context[name.end].begin == 0
        {
          found[k + 1].start = cut
        } else {
          parts.append(Self.part(of: name, from: cut, .person))
        }
        continue
      }
      if name.label == .person, let joint = joint(inPerson: name, document, context, evidence) {
        if joint.before == .location, isDesignator(name.start - 1, context) { found[k].start -= 1 }
        found[k].end = joint.start
        found[k].label = joint.before
        parts.append(Self.part(of: name, from: joint.start, joint.behind))
        continue
      }
      if name.label == .organization,
        let cut = personStart(behindSuffix: name, document, context, evidence)
          ?? speakerCut(name, next, document, context, evidence)
      {
        found[k].end = cut
        parts.append(Self.part(of: name, from: cut, .person))
        continue
      }
      guard let cut = cut(behindTitle: name, document, context, evidence, memory) else { continue }
      found[k].end = cut
      found[k].label = .organization
      parts.append(Self.part(of: name, from: cut, .person))
    }
    merge(parts, into: &found)
  }

  /// Where two names meet of which the tagger made one person, and what they are.
  private func joint(
    inPerson name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> (start: Int, before: EntityLabel, behind: EntityLabel)? {
    if let other = listedName(behind: name, context) { return (other.start, .person, other.label) }
    if let other = listedBeginning(of: name, document, context, evidence) { return (other.end, other.label, .person) }
    guard context.isSport, name.count >= 3, let team = team(behind: name, document, context) else { return nil }
    return (team, .person, .organization)
  }

  /// `Lewis Hamilton Mercedes`, `Joko Widodo Kahiyang Ayu`: where another listed name begins behind the listed one of a person, if
  /// both are all of the name and the other is more than a family name.
  private func listedName(behind name: FoundName, _ context: EntityContext) -> (start: Int, label: EntityLabel)? {
    guard let person = context.listing(at: name.start), person.sure == 2, person.end - person.start > 1,
      Int(person.end) < name.end, let other = context.listing(at: Int(person.end)), Int(other.end) == name.end,
      other.sure == other.labels, other.sure.nonzeroBitCount == 1
    else { return nil }
    // `Yane Ardian Bima Arya` has her husband's name.
    let isName =
      other.sure == 2
      ? other.end - other.start > 1 && name.start > 0 && context[name.start - 1].ends.contains(.office)
      : context.isSport && other.sure == 8 || context[Int(person.end)].starts.isDisjoint(with: [.given, .family])
    guard isName, let label = EntityLabel(rawValue: UInt8(other.sure.trailingZeroBitCount)) else { return nil }
    return (Int(person.end), label)
  }

  private static func part(of name: FoundName, from start: Int, _ label: EntityLabel) -> FoundName {
    var part = name
    part.start = start
    part.label = label
    return part
  }

  /// Where the person begins in an organization that is nothing but an office and its holder.
  private func personStart(
    behindOffice name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    guard name.label == .organization, let start = officeEnd(inside: name, document, context),
      (start..<name.end).allSatisfy({
        document.tokens.kind[$0] == TokenKind.apostrophe
          || evidence.isFree($0, context) && evidence.isUncommon($0, document, context)
      })
    else { return nil }
    return start
  }

  /// Where body and person meet in a name behind an office or occupation.
  private func cut(
    behindTitle name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    guard name.label != .location, name.start > 0, context[name.start].begin == 0,
      !context[name.start - 1].ends.isDisjoint(with: [.office, .occupation])
    else { return nil }
    return cut(name, document, context, evidence, memory) ?? familyCut(name, document, context, evidence, memory)
  }

  /// `Unit Kenanga Group Sam Wulung`, `Head PT WLG Yohan Wulung`: `Ketua GAWLRI Ismanur Wulunga`: where a person begins
  /// behind a corporate form or behind capitals that are all of a body's name.
  func personStart(
    behindSuffix name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    guard name.count >= 3, name.count <= 12 else { return nil }
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
  func personStart(
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
  func endsBody(
    _ k: Int, _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    if k == name.start, k > 0, context[k].starts.contains(.orgHead) {
      // `Kepala BPKAD Rudi Wulung`: the abbreviation of an office, behind which as a rule stands its place.
      return context[k].begin == 0 && context[k - 1].ends.contains(.office) && context[k + 1].starts.contains(.given)
        && document.matchRange(at: k).contains {
          let match = document.matches[$0]
          return Int(match.end) == k + 1 && evidence.offices.first(at: match.state, in: context.lexicon) == true
        }
    }
    if k == name.start {
      return context[k].form == WordForm.allCaps && document.tokens.length(k) >= 3 && k > 0 && context[k].begin == 0
        && context[k].starts.isDisjoint(with: .placeHead) && context[k - 1].ends.contains(.office)
        && context[k].isCaseless == 0
    }
    if context[k].form == WordForm.allCaps, k == name.start + 1, document.tokens.length(name.start) == 2 {
      return context[name.start].starts.contains(.orgHead)
    }
    return document.tokens.gap[k] == TokenGap.space && context[k].ends.contains(.orgSuffix)
      && context[k].starts.contains(.orgSuffix) && evidence.isUncommon(k, document, context)
  }

  /// Whether a number stands at `i`, with a sign or without.
  func isFigure(_ i: Int, _ tokens: TokenTable) -> Bool {
    tokens.kindAt(i) == TokenKind.number || tokens.kindAt(i) == TokenKind.plus
  }

  /// `bintang Barcelona Neymar`: where a name of the lists ends, and behind it stands whom the article calls a person.
  func knownCut(
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

  /// Whether two capitals that no list knows as a place or body stand there as initials, with a name behind them.
  private func isInitials(_ i: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    return context[i].form == WordForm.allCaps && tokens.length(i) == 2 && context[i].hit & 6 == 0 && i + 1 < end
      && context[i].starts.isDisjoint(with: [.orgHead, .orgSuffix, .placeHead, .office, .rank])
      && context[i + 1].form == WordForm.capital && tokens.gap[i + 1] == TokenGap.space
      // `Balai VI`
      && ![0x49, 0x56, 0x58].contains(document.bytes[Int(tokens.end[i]) - 1])
  }

  /// `Direktur Ritel Bank Kenanga Bianto Wulung`, `bek asal Brasil Dedimar`: where a name of the lists ends, behind an office or
  /// an origin, and behind it stands what is a person by its words.
  func heldCut(
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
    // `Kepala Bank Kenanga AM Wulungjati`
    let first = isInitials(cut, name.end, document, context) ? cut + 1 : cut
    for i in first..<name.end {
      guard isPersonWord(i, context, evidence, tokens) else { return nil }
      guard context[i].form == WordForm.capital else { continue }
      words += 1
      if !evidence.isUncommon(i, document, context) { common += 1 }
    }
    return words > 0 && (common == 0 || common == 1 && words >= 3) ? cut : nil
  }

  /// Whether what stands at `end` makes more of the name before it: its abbreviation, or a small word of foreign names
  /// (`Komunitas Wulung Classic and Vintage`).
  func goesOn(_ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
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
  func listedEnd(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
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
      // `Wali Kota Bogor Sunaryana`: the office ends with the first word of the listed place.
      let first =
        name.start > 0 && context[name.start - 1].ends.contains(.office) ? name.start - 1 : name.start
      guard hit.labels & 2 == 0, isSure, Int(hit.start) == end || end == start && Int(hit.start) >= first
      else { break }
      end = Int(hit.end)
      // `DJP Pusat`; not `KONI Kota Bogor`
      if hit.sure & 8 != 0, end + 1 < name.end, context[end].starts.contains(.direction),
        context[end].hitIndex < 0 || Int(context.hit(context[end].hitIndex).end) == end + 1
      {
        end += 1
      }
    }
    return end > start && end < name.end ? end : nil
  }

  /// Whether an office, an occupation or a word of origin stands before the name, be it with the office's own words between
  /// (`Direktur Ritel`).
  func isHeld(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
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

  /// Puts the parts among the names, in text order.
  private func merge(_ parts: [FoundName], into found: inout [FoundName]) {
    guard !parts.isEmpty else { return }
    found.append(contentsOf: parts)
    found.sort { ($0.start, $0.end) < ($1.start, $1.end) }
  }
}
