/// Writes annotated documents as JSON by the schema: one line each, or indented.
///
///     {"fakta":"1","id":"a1","text":"…","entities":[{"id":"e1","label":"LOC","start":23,…
///
/// Layers that the options leave out are empty, as the schema wants them; `layers` names those that are there.
///
/// **Offsets** count code points of the raw text unless the options say otherwise; `text` of a span is always the raw text
/// from `start` to `end`.
///
/// **Cost.** One pass over the annotations; appends to the caller's buffer.
public struct DocumentWriter: Sendable {
  public struct Options: Sendable {
    public var offsets = OffsetUnit.codepoint
    public var includesText = true
    /// The layers to write.
    public var layers: Set<Layer> = Set(Layer.allCases)
    public init() {}
  }

  private let lexicon: Lexicon
  private let options: Options
  private let texts: WriterTexts
  private let shown: ShownLayers
  private var table = OffsetTable()
  private var memory = JSONMemory()
  private var written: [WrittenName] = []

  public init(lexicon: Lexicon, options: Options = Options()) {
    self.lexicon = lexicon
    self.options = options
    texts = WriterTexts(lexicon: lexicon)
    shown = ShownLayers(options.layers)
  }

  /// Appends `document` as one JSON object, without a line end.
  ///
  /// - Parameters:
  ///   - id: UTF-8 of the record's id.
  ///   - meta: A JSON object with the record's other fields, or empty.
  public mutating func append(_ document: borrowing Document, id: [UInt8], meta: [UInt8], to out: inout [UInt8]) {
    // A pointer, since each of the closures below would hold a copy of the document.
    withUnsafePointer(to: document) { append($0, id: id, meta: meta, to: &out) }
  }

  private mutating func append(
    _ document: UnsafePointer<Document>, id: [UInt8], meta: [UInt8], to out: inout [UInt8]
  ) {
    table.reset(document.pointee.raw, unit: options.offsets)
    // A copy of the writer on another thread has memory of its own, and one huge article is not kept.
    if !isKnownUniquelyReferenced(&memory) || memory.capacity > Self.largestKept { memory = JSONMemory() }
    if written.count < document.pointee.entities.count {
      written = [WrittenName](repeating: WrittenName(), count: document.pointee.entities.count * 2)
    }
    // Written where it stays, but for what is larger than nearly all.
    let room = min(document.pointee.raw.count * 12, Self.largestKept) + meta.count + 2 * JSONBuffer.slack
    if out.capacity - out.count < room { out.reserveCapacity(max(out.count + room, out.capacity * 2)) }
    var isMoved = false
    var count = 0
    out.append(addingCapacity: room) { span in
      span.withUnsafeMutableBufferPointer { place, used in
        var buffer = JSONBuffer(UnsafeMutableBufferPointer(rebasing: place[used...]), else: memory)
        write(document, id: id, meta: meta, to: &buffer)
        (isMoved, count) = (buffer.isMoved, buffer.count)
        if !isMoved { used += count }
      }
    }
    if isMoved { out.append(contentsOf: UnsafeBufferPointer(start: memory.base, count: count)) }
  }

  private mutating func write(
    _ document: UnsafePointer<Document>, id: [UInt8], meta: [UInt8], to buffer: inout JSONBuffer
  ) {
    let (lexicon, texts, options, shown, table) = (lexicon, texts, options, shown, table)
    written.withUnsafeMutableBufferPointer { written in
      document.pointee.raw.withUnsafeBufferPointer { raw in
        document.pointee.entities.withUnsafeBufferPointer { entities in
          table.withReader { table in
            let json = DocumentBody(
              document: document.pointee, lexicon: lexicon, texts: texts, table: table, raw: raw, entities: entities,
              written: written)
            json.write(
              document.pointee, id: id, meta: meta, includesText: options.includesText, shown: shown, to: &buffer)
          }
        }
      }
    }
  }

  private static let largestKept = 4 << 20

  /// Appends a failure record, without a line end. The standard input has no `path` in it.
  public static func append(_ failure: ArticleFailure, to out: inout [UInt8]) {
    JSONOutput.append("{\"fakta\":\"1\",\"id\":", to: &out)
    if let id = failure.id {
      id.withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    } else {
      JSONOutput.append("null", to: &out)
    }
    if failure.path != "-" {
      JSONOutput.append(",\"path\":", to: &out)
      Array(failure.path.utf8).withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    }
    if failure.line > 0 {
      JSONOutput.append(",\"line\":", to: &out)
      JSONOutput.append(failure.line, to: &out)
    }
    JSONOutput.append(",\"error\":{\"code\":", to: &out)
    Array(failure.code.utf8).withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    JSONOutput.append(",\"message\":", to: &out)
    Array(failure.message.utf8).withUnsafeBufferPointer { JSONOutput.append(string: $0, to: &out) }
    JSONOutput.append("}}", to: &out)
  }
}

/// What the writer says of rules and verbs, made ready once.
final class WriterTexts: Sendable {
  /// `,"evidence":"rule:roles.rules:24 office-body-person"` for each rule, one after the other.
  private let evidence: [UInt8]
  private let starts: [Int]
  let roots: CellColumn
  let phrases = PhraseTable(Phrases.groups)

  init(lexicon: Lexicon) {
    var json = JSONBuffer(JSONMemory())
    var starts = [0]
    let rules = lexicon.rules
    while rules.place(starts.count - 1) != nil {
      json.append(",\"evidence\":")
      json.append(string: rules.evidence(starts.count - 1) ?? "")
      starts.append(json.bytes.count)
    }
    evidence = Array(json.bytes)
    self.starts = starts
    roots = CellColumn("root", in: lexicon)
  }

  func evidence(ofRule rule: Int) -> ArraySlice<UInt8>? {
    guard rule >= 0, rule + 1 < starts.count else { return nil }
    return evidence[starts[rule]..<starts[rule + 1]]
  }
}

/// The texts for values of enumerations, in the order of their raw values.
enum Phrases {
  static let labels = 0
  static let uses = 1
  static let evidence = 2
  static let slots = 3
  static let references = 4
  static let facts = 5
  static let relations = 6
  static let quantities = 7
  static let modifiers = 8
  static let dates = 9
  static let dateModifiers = 10
  static let regions = 11

  static let groups: [[String]] = [
    ["", "PER", "LOC", "ORG"].map { "\",\"label\":\"\($0)\",\"start\":" },
    ["}"] + ["place", "actor", "modifier"].map { ",\"use\":\"\($0)\"}" },
    Evidence.Kind.allCases.map { "\"\($0.code)" },
    SlotName.names.map { ",\"\($0)\":{\"start\":" },
    ["\"}"] + ["e", "d", "q"].map { "\",\"ref\":\"\($0)" },
    ["figure", "role", "statement", "event"].map { "\",\"kind\":\"\($0)\"" } + ["\",\"kind\":"],
    [""] + ["at", "since", "until", "before", "after", "during"].map { ",\"relation\":\"\($0)\"" },
    ["count", "money", "percent", "measure", "age", "ordinal", "score"].map { "\",\"kind\":\"\($0)\"" },
    ["exact", "approx", "at_least", "at_most", "more_than", "less_than"].map {
      ",\"modifier\":\"\($0)\",\"unit\":"
    },
    ["DATE", "TIME", "DURATION", "SET"].map { "\",\"type\":\"\($0)\",\"start\":" },
    [""]
      + [
        "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS",
      ].map { ",\"mod\":\"\($0)\"" },
    ["title", "dateline", "caption", "byline", "boilerplate"].map { "{\"kind\":\"\($0)\",\"start\":" },
  ]
}

/// Where the name of a thing stands in what was written, so that its next mention copies it.
struct WrittenName {
  var nameMention: Int32 = 0
  var entry: EntryID?
  /// `name":"…","entity":1,"gazetteer":"…","evidence":[`, in bytes of the output.
  var start = 0
  var count = 0
  /// The id of `entry` in it.
  var id = 0
  var idCount = 0
}

/// Which layers are written; asked for each document.
struct ShownLayers: Sendable {
  let regions: Bool
  let sentences: Bool
  let entities: Bool
  let dates: Bool
  let quantities: Bool
  let facts: Bool
  /// `,"layers":["entities","dates"]` where some are left out.
  let names: [UInt8]

  init(_ layers: Set<Layer>) {
    regions = layers.contains(.regions)
    sentences = layers.contains(.sentences)
    entities = layers.contains(.entities)
    dates = layers.contains(.dates)
    quantities = layers.contains(.quantities)
    facts = layers.contains(.facts)
    let shown = Layer.written.filter(layers.contains).map { "\"\($0.rawValue)\"" }
    names = shown.count == Layer.written.count ? [] : Array(",\"layers\":[\(shown.joined(separator: ","))]".utf8)
  }
}
