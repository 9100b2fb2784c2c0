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
  private var names: EntityNames
  private var found: [FoundName] = []
  private var definitions: [Definition] = []
  private let model: TaggerModel?
  private let evidence: EntityEvidence
  private let spans: EntitySpans
  private let definer: EntityDefinitions
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
    lattice = TagLattice(transitions: model?.transitions)
    evidence = EntityEvidence(lexicon: lexicon, one: one)
    spans = EntitySpans(lexicon: lexicon)
    definer = EntityDefinitions(lexicon: lexicon)
    names = EntityNames(lexicon: lexicon)
    uses = PlaceUseRules(lexicon: lexicon)
    self.options = options
  }

  public mutating func run(on document: inout Document) {
    context.fill(document)
    evidence.markDomains(document, &context)
    score(document)
    evidence.apply(document, context, &lattice)
    decode(document)
    read(document)
    remember(document)
    recall(document)
    decode(document)
    read(document)
    addDefined(document)
    emit(&document)
    names.resolve(&document, context, definitions)
  }

  private mutating func score(_ document: Document) {
    let n = document.tokens.count
    lattice.reset(n)
    guard let model else { return }
    for i in 0..<n where context.gate[i] != 0 {
      var sink = ScoringSink(model: model, salt: context.isCaseless[i] != 0 ? TaggerFeatures.caselessSalt : 0)
      TaggerFeatures.emit(i, context, document, &sink)
      var row = SIMD8<Int32>(truncatingIfNeeded: sink.sum)
      row[7] = TagLattice.impossible
      lattice.scores[i] = row
    }
  }

  private mutating func decode(_ document: Document) {
    let n = document.tokens.count
    var i = 0
    while i < n {
      guard context.gate[i] != 0 else {
        i += 1
        continue
      }
      var end = i + 1
      while end < n, context.gate[end] != 0, context.begin[end] != 2 { end += 1 }
      lattice.decode(i, end)
      i = end
    }
  }

  private mutating func read(_ document: Document) {
    spans.collect(document, context, lattice, &found)
    spans.edit(document, context, &found)
    definer.find(document, context, found, into: &definitions)
  }

  // MARK: Memory

  /// How much a mention says, by how sure the tagger is of it.
  private func weight(_ margin: Int32) -> Float { min(3, Float(max(0, margin)) / Float(one)) }

  /// Notes the names of the first reading, their parts, and capitalised words that are no names.
  private mutating func remember(_ document: Document) {
    memory.removeAll()
    for name in found {
      let w = weight(name.margin)
      guard w > 0.3 else { continue }
      memory.add(EntityMemory.key(document, name.start, name.end), name.label, w, words: name.count)
      if name.label == .person, name.count > 1 { rememberParts(name, w, document) }
      if name.label != .person { rememberCore(name, w, document) }
    }
    for definition in definitions {
      memory.add(EntityMemory.key(document, Int(definition.short.start), Int(definition.short.end)), definition.label, definition.label == .none ? 200 : 4, words: definition.short.count)
    }
    var k = 0
    for i in 0..<document.tokens.count where context.gate[i] != 0 && lattice.tags[i] == 0 && context.begin[i] == 0 {
      while k < found.count, found[k].end <= i { k += 1 }
      if k < found.count, found[k].start <= i { continue }
      guard WordForm.isName(context.form[i]), document.tokens.length(i) > 2 else { continue }
      memory.add(EntityMemory.key(document, i, i + 1), .none, weight(lattice.margin[i]) * 0.5, words: 1)
    }
  }

  private mutating func rememberParts(_ name: FoundName, _ w: Float, _ document: Document) {
    for i in name.start..<name.end where document.tokens.kind[i] == TokenKind.word && document.tokens.length(i) >= 3 {
      guard WordForm.isName(context.form[i]) else { continue }
      memory.add(EntityMemory.key(document, i, i + 1), .person, w * 0.7, words: 1, isPart: true)
      if i + 1 < name.end, name.count > 2 { memory.add(EntityMemory.key(document, i, i + 2), .person, w * 0.8, words: 2, isPart: true) }
    }
  }

  /// `PT Jasa Marga (Persero) Tbk` is also called `Jasa Marga`; `Kabupaten Bogor` is `Bogor`.
  private mutating func rememberCore(_ name: FoundName, _ w: Float, _ document: Document) {
    var start = name.start
    let head: CueSet = name.label == .location ? .placeHead : .orgHead
    guard context.starts[start].contains(head), document.tokens.length(start) <= 10 else { return }
    start += 1
    while start < name.end, document.tokens.kind[start] >= TokenKind.period { start += 1 }
    var end = name.end
    if name.label == .organization {
      guard document.tokens.length(name.start) <= 3 || name.label == .location else { return }
      while end > start, context.ends[end - 1].contains(.orgSuffix) || document.tokens.kind[end - 1] >= TokenKind.period { end -= 1 }
    }
    guard end > start, document.tokens.length(start) >= 3 else { return }
    memory.add(EntityMemory.key(document, start, end), name.label, w * 0.7, words: end - start)
  }

  /// Lets the memory vote on each place where one of its names stands.
  private mutating func recall(_ document: Document) {
    let n = document.tokens.count
    for definition in definitions where definition.label != .none {
      evidence.favour(Int(definition.long.start), Int(definition.long.end), definition.label, one * 4, &lattice)
      evidence.favour(Int(definition.short.start), Int(definition.short.end), definition.label, one * 8, &lattice)
      for k in Int(definition.long.start)..<Int(definition.long.end) { context.gate[k] = 1 }
      context.gate[Int(definition.short.start)] = 1
    }
    var i = 0
    while i < n {
      guard context.gate[i] != 0, WordForm.isName(context.form[i]) || context.form[i] == WordForm.caseless else {
        i += 1
        continue
      }
      var key: UInt64 = 0x51_7C_C1_B7_27_22_0A_95
      var best: (end: Int, label: EntityLabel, strength: Float)?
      var end = i
      while end < min(n, i + memory.longest), context.gate[end] != 0, end == i || context.begin[end] != 2 {
        let step = EntityMemory.extend(key, document, end)
        key = step
        end += 1
        guard let votes = memory.votes(key == 0 ? 1 : key) else { continue }
        if let (label, strength) = verdict(votes) { best = (end, label, strength) }
      }
      if let best {
        let amount = Int32(min(3, best.strength) * Float(one))
        if best.label == .none {
          // What the text defines as a thing is none of the lists' names.
          lattice.scores[i][Tag.outside] = lattice.scores[i][Tag.outside] &+ (best.strength > 50 ? one * 8 : amount / 2)
        } else {
          evidence.favour(i, best.end, best.label, amount, &lattice)
        }
        i = best.end
      } else {
        i += 1
      }
    }
  }

  /// The label with most votes, and by how much it leads.
  private func verdict(_ votes: SIMD4<Float>) -> (EntityLabel, Float)? {
    var top = 0
    for k in 1..<4 where votes[k] > votes[top] { top = k }
    let others = votes.sum() - votes[top]
    let lead = votes[top] - 0.7 * others
    guard lead > 0.5, let label = EntityLabel(rawValue: UInt8(top)) else { return nil }
    return (label, lead)
  }

  /// Definitions that the tagger still does not see as names are names by their form.
  private mutating func addDefined(_ document: Document) {
    for definition in definitions where definition.label != .none {
      for span in [definition.long, definition.short] where !found.contains(where: { $0.start < Int(span.end) && Int(span.start) < $0.end }) {
        let at = found.firstIndex { $0.start > Int(span.start) } ?? found.count
        found.insert(FoundName(start: Int(span.start), end: Int(span.end), label: definition.label, margin: one), at: at)
      }
    }
  }

  // MARK: Output

  private mutating func emit(_ document: inout Document) {
    var last: (end: Int, use: PlaceUse)?
    for name in found {
      var entity = Entity(span: TokenSpan(name.start, name.end), label: name.label)
      entity.score = probability(name.margin)
      guard entity.score >= options.minimumScore else { continue }
      if name.label == .location {
        entity.use = uses.use(name.start, name.end, last: last, document, context)
        last = (name.end, entity.use)
      }
      let first = document.evidence.count
      if name.start > 0, context.begin[name.start] != 2, !context.ends[name.start - 1].isDisjoint(with: CueSet.personTitle), name.label == .person {
        document.evidence.append(Evidence(kind: .title, span: TokenSpan(name.start - 1, name.start)))
      }
      if model != nil { document.evidence.append(Evidence(kind: .model)) }
      entity.evidence = first..<document.evidence.count
      document.entities.append(entity)
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
