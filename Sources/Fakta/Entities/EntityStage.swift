/// Finds people, places and organizations.
///
///     Presiden Joko Widodo tiba di Suriah   →   PER Joko Widodo, LOC Suriah
///
/// A linear tagger reads the words in their context; lists and cues add what they know (`EntityEvidence`); a second reading
/// lets the names of the article decide about its doubtful ones (`EntityMemory`). Then spans are brought to the guideline
/// (`EntitySpans`), mentions of one thing are joined (`EntityNames`), and places get their use (`PlaceUseRules`).
///
/// **Errors.** None. Without a model in the lists, or when it is switched off, lists and cues decide alone.
///
/// **Cost.** The tagger looks only where a name can stand.
public struct EntityStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches, .regions, .sentences]
  public static let writes: Layer = .entities

  private var context: EntityContext
  private var lattice: TagLattice
  private var memory = EntityMemory()
  private var shared = SharedNames()
  private var names: EntityNames
  private var found: [FoundName] = []
  private var fitted = FittedSpans()
  private var definitions: [Definition] = []
  /// What looks like a name and is none.
  private var things: [ThingName] = []
  private var sums: WordSums?
  private var touched: [Int32] = []
  /// Whether the gate was opened for a definition.
  private var isOpened = false
  private var firstReading: [TokenSpan] = []
  private let model: TaggerModel?
  private let evidence: EntityEvidence
  private var rules: EntityRules
  private let spans: EntitySpans
  private let holders: EntityHolders
  private let definer: EntityDefinitions
  private let lists: EntityLists
  private let words: NameWords
  private let uses: PlaceUseRules
  private let options: PipelineOptions
  private let lexicon: Lexicon
  /// What makes a factor *e* in the odds, in model units.
  private let one: Int32

  public init(lexicon: Lexicon, options: PipelineOptions) {
    self.lexicon = lexicon
    context = EntityContext(lexicon: lexicon)
    model = options.usesModel ? TaggerModel(image: lexicon.image) : nil
    one = model?.scale ?? 32
    sums = model.map(WordSums.init(model:))
    lattice = TagLattice(transitions: model?.transitions, plainLead: one * 3)
    words = NameWords(lexicon: lexicon)
    evidence = EntityEvidence(lexicon: lexicon, one: one, words)
    rules = EntityRules(lexicon: lexicon)
    spans = EntitySpans(lexicon: lexicon)
    holders = EntityHolders(lexicon: lexicon, one: one)
    definer = EntityDefinitions(lexicon: lexicon)
    lists = EntityLists(evidence: evidence, one: one)
    names = EntityNames(lexicon: lexicon, words)
    uses = PlaceUseRules(lexicon: lexicon, words)
    self.options = options
  }

  public mutating func run(on document: inout Document) {
    context.fill(document)
    evidence.markDomains(document, &context)
    evidence.markEnumerations(&context)
    context.listGated()
    lattice.reset(document.tokens.count)
    guard !context.gated.isEmpty else { return }
    score(document)
    evidence.apply(document, context, usesCues: options.entityParts.contains(.cues), lattice)
    if options.entityParts.contains(.cues) { rules.vote(document, context, evidence, one, lattice) }
    lattice.listStretches(context.gated, context.rows)
    lattice.decodeStretches()
    fitted.removeAll()
    read(document)
    firstReading.removeAll(keepingCapacity: true)
    firstReading.append(addingCapacity: found.count) { spans in
      for name in found { spans.append(name.span) }
    }
    if options.entityParts.contains(.memory) {
      remember(document)
      recall(document)
      lattice.hasChanged = false
      decodeTouched()
      // The same tags are the same names; only how sure they are can differ.
      if lattice.hasChanged { read(document) } else { weighAnew() }
      if options.entityParts.contains(.cues) { holders.split(document, context, evidence, memory, &found) }
      addDefined(document)
    }
    if options.entityParts.contains(.cues) { spans.house(document, context, &found) }
    emit(&document)
    names.resolve(&document, context, definitions)
    explain(&document)
  }

  private mutating func score(_ document: Document) {
    guard let model else {
      for i in context.gated { lattice.set(Int(i), TagLattice.neutral) }
      return
    }
    // A copy of the pipeline has sums of its own.
    if sums == nil || !isKnownUniquelyReferenced(&sums!) { sums = WordSums(model: model) }
    ScoringSink.score(sums!, document, context, lattice)
  }

  /// Decodes the stretches of gated tokens whose scores `recall` has changed.
  private mutating func decodeTouched() {
    guard !touched.isEmpty else { return }
    // Nearly all are: the others come out as they were. But what stands behind the beginning of a passage was not touched,
    // though a definition may lie there.
    if !isOpened, !crossesPassage() {
      lattice.decodeStretches()
      return
    }
    touched.sort()
    let rows = context.rows
    let n = min(lattice.count, rows.count)
    var end = 0
    for touched in touched where Int(touched) >= end && Int(touched) < n && rows[Int(touched)].gate != 0 {
      var start = Int(touched)
      // What was decoded already ends before the stretch, or within its passage at a token that is not gated.
      while start > end, rows[start].begin != 2, rows[start - 1].gate != 0 { start -= 1 }
      end = Int(touched) + 1
      while end < n, rows[end].gate != 0, rows[end].begin != 2 { end += 1 }
      lattice.decode(start, end)
    }
  }

  /// Whether a definition's names go past the beginning of a passage.
  private func crossesPassage() -> Bool {
    for definition in definitions {
      for k in definition.long.range.dropFirst() where context[k].begin == 2 { return true }
      for k in definition.short.range.dropFirst() where context[k].begin == 2 { return true }
    }
    return false
  }

  private mutating func read(_ document: Document) {
    spans.collect(document, context, lattice, &found)
    spans.edit(document, context, &found, &fitted)
    if options.entityParts.contains(.cues) {
      words.dropThings(document, context, &found, &things)
      holders.addBodies(document, context, evidence, &found)
    }
    if !context.marks.brackets.isEmpty || !definitions.isEmpty {
      definer.find(document, context, found, into: &definitions)
      words.dropKinds(document, &definitions)
    }
  }

  /// Takes the margins of the names from the lattice.
  private mutating func weighAnew() {
    var known = (first: -1, last: -1, margin: Int32.max)
    for k in found.indices {
      let (first, last) = (found[k].firstTag, found[k].lastTag)
      // The parts of a name that was split have its margin: a name of thousands of parts is read once.
      if first != known.first || last != known.last {
        known = (first, last, .max)
        for i in first...max(first, last) where lattice.tag(i) != Tag.outside {
          known.margin = min(known.margin, lattice.margin(i))
        }
      }
      if known.margin != .max { found[k].margin = known.margin }
    }
  }

  // MARK: Memory

  /// How much a mention says, by how sure the tagger is of it.
  private func weight(_ margin: Int32) -> Float { min(3, Float(max(0, margin)) / Float(one)) }

  /// More than any number of mentions says.
  private static let certain: Float = 1e6

  /// How much an abbreviation that the text defines says: most for what is a thing or, by the lists, a body, if it begins as that
  /// does (`Peraturan Otoritas Jasa Keuangan (POJK)`).
  private func weight(_ definition: Definition, _ document: Document) -> Float {
    if definition.label == .none { return Self.certain * 2 }
    let (long, short) = (Int(definition.long.start), Int(definition.short.start))
    guard definition.label == .organization, context.isListedBody(definition.long),
      document.bytes[Int(document.tokens.start[long])] == document.bytes[Int(document.tokens.start[short])]
    else { return 4 }
    return Self.certain * 2
  }

  /// Notes the names of the first reading, their parts, and capitalised words that are no names.
  private mutating func remember(_ document: Document) {
    memory.removeAll()
    shared.find(found, document, context, evidence)
    let tokens = document.tokens
    let hash = tokens.hash
    // `MADRID, Bolasport -` says nothing of the club in a report of sport.
    let dateline = context.isSport ? document.regions.first { $0.kind == .dateline }?.span.end ?? 0 : 0
    for name in found {
      let w = weight(name.margin)
      guard w > 0.3, name.end > Int(dateline) || name.label != .location || !evidence.isClubName(name.start, context)
      else { continue }
      // `Hamilton` of `Lewis Hamilton`
      let isShared = name.count == 1 && shared.contains(hash[name.start])
      memory.add(
        EntityMemory.Key(hash, name.start, name.end), isShared ? .person : name.label, w, tokens: name.count)
      if name.label == .person {
        if name.count > 1 { rememberParts(name, w, tokens) }
      } else {
        rememberCore(name, w, document)
      }
    }
    for definition in definitions {
      let short = definition.short
      memory.add(
        EntityMemory.Key(hash, Int(short.start), Int(short.end)), definition.label, weight(definition, document),
        tokens: short.count)
    }
    for thing in things where thing.own < thing.end {
      memory.add(EntityMemory.Key(hash, thing.own, thing.end), .none, Self.certain * 2, tokens: thing.end - thing.own)
    }
    let rows = context.rows
    var k = 0
    for g in context.gated {
      let i = Int(g)
      // One branch instead of three that nobody can foretell.
      let isOther = ~(WordForm.names &>> (rows[i].form & 7)) & 1
      guard UInt8(truncatingIfNeeded: lattice.tag(i)) | rows[i].begin | isOther == 0 else { continue }
      while k < found.count, found[k].end <= i { k += 1 }
      if k < found.count, found[k].start <= i { continue }
      // That `Busan` is no name in `Busan Film Festival` says nothing of it elsewhere.
      guard tokens.length(i) > 2, !evidence.isOutsideByUse(i, document, context) else { continue }
      // `Novel` is the person of whom the article speaks, however common the word.
      if memory.begins(hash[i]) != 0, isPartOfPerson(i, tokens) { continue }
      memory.add(EntityMemory.Key(hash, i, i + 1), .none, weight(lattice.margin(i)) * 0.5, tokens: 1)
    }
  }

  /// Whether the article has a person with this word in the name, and nothing else is known of the word.
  private func isPartOfPerson(_ i: Int, _ tokens: TokenTable) -> Bool {
    guard context[i].hit & 6 == 0,
      context[i].starts.isDisjoint(with: [
        .office, .rank, .honorific, .kinship, .occupation, .calendar, .orgHead, .placeHead, .thing,
      ])
    else { return false }
    let (label, strength) = memory.label(i, i + 1, tokens)
    return label == .person && strength > 1
  }

  private mutating func rememberParts(_ name: FoundName, _ w: Float, _ tokens: TokenTable) {
    let hash = tokens.hash
    for i in name.start..<name.end where tokens.kind[i] == TokenKind.word && tokens.length(i) >= 3 {
      guard WordForm.isName(context[i].form) else { continue }
      memory.add(EntityMemory.Key(hash, i, i + 1), .person, w * 0.7, tokens: 1)
      if i + 1 < name.end, name.count > 2 {
        memory.add(EntityMemory.Key(hash, i, i + 2), .person, w * 0.8, tokens: 2)
      }
    }
  }

  /// `PT Jasa Marga (Persero) Tbk` is also called `Jasa Marga`; `Kabupaten Bogor` is `Bogor`.
  private mutating func rememberCore(_ name: FoundName, _ w: Float, _ document: Document) {
    var start = name.start
    let head: CueSet = name.label == .location ? .placeHead : .orgHead
    guard context[start].starts.contains(head), document.tokens.length(start) <= 10 else { return }
    start += 1
    while start < name.end, document.tokens.kind[start] >= TokenKind.period { start += 1 }
    var end = name.end
    if name.label == .organization {
      guard document.tokens.length(name.start) <= 3 || name.label == .location else { return }
      while end > start, context[end - 1].ends.contains(.orgSuffix) || document.tokens.kind[end - 1] >= TokenKind.period
      { end -= 1 }
    }
    guard end > start, document.tokens.length(start) >= 3 else { return }
    memory.add(EntityMemory.Key(document.tokens.hash, start, end), name.label, w * 0.7, tokens: end - start)
    if name.label == .organization, end - start >= 3 { rememberBeginning(start, document) }
  }

  /// `PT Karya Nabati Prakarsa` is also called `Karya Nabati`, where that is no name of the lists and not of common words alone.
  private mutating func rememberBeginning(_ start: Int, _ document: Document) {
    let pair = start..<start + 2
    guard
      context[start - 1].form == WordForm.allCaps,
      pair.allSatisfy({
        WordForm.isName(context[$0].form) && document.tokens.kind[$0] == TokenKind.word && context[$0].hit & 6 == 0
      }), pair.contains(where: { evidence.isUncommon($0, document, context) })
    else { return }
    // More than the tagger can say for a person of that name.
    memory.add(EntityMemory.Key(document.tokens.hash, start, start + 2), .organization, 6, tokens: 2)
  }

  /// Lets the memory vote on each place where one of its names stands.
  private mutating func recall(_ document: Document) {
    touched.removeAll(keepingCapacity: true)
    applyDefinitions()
    for thing in things {
      for k in thing.start..<thing.end { lattice.add(k, Tag.outside, one * 8) }
      touched.append(Int32(truncatingIfNeeded: thing.start))
    }
    var touched: [Int32] = []
    swap(&touched, &self.touched)
    recall(document, &touched)
    if options.entityParts.contains(.cues) {
      lists.vote(found, document, context, lattice, &touched)
      lists.voteJoined(found, document, context, lattice, &touched)
    }
    swap(&touched, &self.touched)
  }

  /// Votes, and notes where. It changes nothing of this stage and is no closure: so nothing of stage or document is copied.
  private func recall(_ document: Document, _ touched: inout [Int32]) {
    let (gated, rows, hash) = (context.gated, context.rows, document.tokens.hash)
    var k = 0
    while k < gated.count {
      let i = Int(gated[k])
      k += 1
      // One branch instead of two that nobody can foretell.
      let isName = WordForm.namesOrCaseless &>> (rows[i].form & 7) & 1
      guard isName & memory.begins(hash[i]) != 0 else { continue }
      let (end, label, strength) = memory.best(at: i, document.tokens, rows)
      guard end > i else { continue }
      // What the text defines means the same where it seems to be no name.
      let isCertain = strength > Self.certain
      var amount = Int32((isCertain && lattice.tag(i) == Tag.outside ? 6 : min(3, strength)) * Float(one))
      if label == .none {
        // What the text defines as a thing is none of the lists' names, nor are its parts.
        for t in i..<(isCertain ? end : i + 1) { lattice.add(t, Tag.outside, isCertain ? one * 8 : amount / 2) }
      } else if label == .organization {
        if evidence.isClub(i, end, strength, document, context) { amount = one * (strength > 3 ? 9 : 6) }
        if !evidence.isMaker(i, document, context) { evidence.favour(i, end, label, amount, lattice) }
      } else if label == .person {
        // A rare word that is part of a person's name means the person.
        if end == i + 1, strength > 1, lattice.tag(i) == Tag.outside, evidence.isRare(i, document, context) {
          amount += one * 2
        } else if end == i + 1, shared.contains(hash[i]), rows[i].runEnd - rows[i].runStart == 1,
          lattice.tag(i) != Tag.begin(1), lattice.tag(i) != Tag.inside(1)
        {
          amount = one * 6
        }
        evidence.favour(i, end, label, amount, lattice)
      } else if !evidence.isInsideThing(i, document, context) {
        evidence.favour(i, end, label, amount, lattice)
      }
      touched.append(Int32(truncatingIfNeeded: i))
      while k < gated.count, Int(gated[k]) < end { k += 1 }
    }
  }

  /// Long forms and abbreviations of the article's own.
  private mutating func applyDefinitions() {
    isOpened = false
    for definition in definitions where definition.label != .none {
      for span in [definition.long, definition.short] {
        for i in span.range where context[i].gate == 0 {
          context.open(i..<i + 1)
          lattice.set(i, TagLattice.neutral)
          isOpened = true
        }
      }
      evidence.favour(Int(definition.long.start), Int(definition.long.end), definition.label, one * 4, lattice)
      evidence.favour(Int(definition.short.start), Int(definition.short.end), definition.label, one * 8, lattice)
      touched.append(definition.long.start)
      touched.append(definition.short.start)
    }
    if isOpened { context.listGated() }
  }

  /// Definitions that the tagger still does not see as names are names by their form.
  private mutating func addDefined(_ document: Document) {
    let known = found.count
    for definition in definitions where definition.label != .none {
      for span in [definition.long, definition.short] where !overlapsKnown(span, known) {
        found.append(FoundName(start: Int(span.start), end: Int(span.end), label: definition.label, margin: one))
      }
    }
    guard found.count > known else { return }
    found.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var last = 0
    found.removeAll { name in
      defer { last = max(last, name.end) }
      return name.start < last
    }
  }

  /// Whether one of the first `known` names, which are in text order, overlaps the span.
  private func overlapsKnown(_ span: TokenSpan, _ known: Int) -> Bool {
    var low = 0
    var high = known
    while low < high {
      let middle = (low + high) / 2
      if found[middle].end > Int(span.start) { high = middle } else { low = middle + 1 }
    }
    return low < known && found[low].start < Int(span.end)
  }

  // MARK: Output

  /// Most tokens and bytes of a name. What is longer is a row of words with capitals and no name; and a short form is
  /// written with the whole name, so that without a bound the output could grow with the square of the text.
  private static let longestName = (tokens: 40, bytes: 600)

  private static func isTooLong(_ name: FoundName, _ tokens: TokenTable) -> Bool {
    name.count > longestName.tokens || Int(tokens.end[name.end - 1] - tokens.start[name.start]) > longestName.bytes
  }

  private mutating func emit(_ document: inout Document) {
    // Taken out of the document while it is passed on: appended to in place, a document held twice would copy it each time.
    var entities: [Entity] = []
    swap(&entities, &document.entities)
    entities.append(addingCapacity: found.count) { emit(&document, into: &$0) }
    swap(&entities, &document.entities)
  }

  /// The document is `inout` so that a closure can pass it on without a copy.
  private mutating func emit(_ document: inout Document, into entities: inout OutputSpan<Entity>) {
    var last: (end: Int, use: PlaceUse)?
    // Local copies, so that nothing of this stage is copied at each call.
    let (uses, context) = (uses, context)
    for name in found {
      var entity = Entity(span: name.span, label: name.label)
      entity.score = probability(name.margin)
      // "Indonesianya": the clitic is no part of the name. "Fadilah" may be a name that no list knows.
      if name.label != .person || isListed(name, context) { entity.trim = document.tokens.trim[name.end - 1] }
      guard entity.score >= options.minimumScore, !Self.isTooLong(name, document.tokens) else { continue }
      if name.label == .location {
        entity.use = uses.use(name.start, name.end, last: last, document, context)
        last = (name.end, entity.use)
      }
      entities.append(entity)
    }
  }

  /// Whether a name of the lists is the whole name.
  private func isListed(_ name: FoundName, _ context: EntityContext) -> Bool {
    context.listing(at: name.start).map { Int($0.end) == name.end } ?? false
  }

  /// Says for each entity what spoke for it.
  private mutating func explain(_ document: inout Document) {
    var evidence: [Evidence] = []
    swap(&evidence, &document.evidence)
    let base = evidence.count
    evidence.append(addingCapacity: document.entities.count * Self.mostReasons) {
      explain(&document, into: &$0, base: base)
    }
    swap(&evidence, &document.evidence)
  }

  /// List, domain, cue, model or memory, and abbreviation.
  private static let mostReasons = 5

  private mutating func explain(_ document: inout Document, into evidence: inout OutputSpan<Evidence>, base: Int) {
    var entities: [Entity] = []
    swap(&entities, &document.entities)
    entities.withUnsafeMutableBufferPointer { explain($0, into: &evidence, base: base) }
    swap(&entities, &document.entities)
  }

  private mutating func explain(
    _ entities: UnsafeMutableBufferPointer<Entity>, into evidence: inout OutputSpan<Evidence>, base: Int
  ) {
    let context = context
    let hasDomains = !context.domains.isEmpty
    var k = 0
    var d = 0
    for i in entities.indices {
      let entity = entities[i]
      let start = Int(entity.span.start)
      let first = base + evidence.count
      if let entry = entity.entry, context[start].hitIndex >= 0 {
        evidence.append(Evidence(kind: entry.isUser ? .userList : .gazetteer, entry: entry))
      }
      if hasDomains, context.isDomain(entity.span) { evidence.append(Evidence(kind: .domain)) }
      if let cue = cue(entity, context) { evidence.append(cue) }
      let rule = rules.rule(for: entity)
      if rule >= 0 { evidence.append(Evidence(kind: .rule, rule: rule)) }
      while k < firstReading.count, firstReading[k].end <= entity.span.start { k += 1 }
      let isOld = k < firstReading.count && firstReading[k].start < entity.span.end
      if isOld, model != nil { evidence.append(Evidence(kind: .model)) }
      while d < definitions.count, definitions[d].short.start < entity.span.start { d += 1 }
      if d < definitions.count, definitions[d].short.start == entity.span.start, definitions[d].label == entity.label {
        evidence.append(Evidence(kind: .abbreviation, span: definitions[d].long))
      }
      if !isOld {
        evidence.append(
          Evidence(kind: .memory, entity: entity.nameMention == Int32(i) ? -1 : entity.nameMention))
      }
      entities[i].evidence = first..<base + evidence.count
    }
  }

  /// The title before a person, or the head of an organization or place.
  private func cue(_ entity: Entity, _ context: EntityContext) -> Evidence? {
    let start = Int(entity.span.start)
    switch entity.label {
    case .person:
      guard start > 0, context[start].begin != 2, !context[start - 1].ends.isDisjoint(with: CueSet.personTitle) else {
        return nil
      }
      return Evidence(kind: .title, span: TokenSpan(start - 1, start))
    case .organization where context[start].starts.contains(.orgHead):
      return Evidence(kind: .cue, span: TokenSpan(start, start + 1))
    case .location:
      if context[start].starts.contains(.placeHead) {
        return Evidence(kind: .cue, span: TokenSpan(start, start + 1))
      }
      if start > 0, context[start].begin != 2,
        !context[start - 1].ends.isDisjoint(with: [.placePreposition, .placeHead])
      {
        return Evidence(kind: .cue, span: TokenSpan(start - 1, start))
      }
      return nil
    default: return nil
    }
  }

  /// Thousandths: the logistic function of the margin.
  private func probability(_ margin: Int32) -> UInt16 {
    let x = Float(max(0, margin)) / Float(one)
    // 1 - 1 / (1 + e^x), by squaring: e^x ≈ (1 + x/64)^64.
    var e = 1 + min(x, 20) / 64
    for _ in 0..<6 { e *= e }
    return UInt16(min(999, max(1, 1000 * e / (1 + e))))
  }
}
