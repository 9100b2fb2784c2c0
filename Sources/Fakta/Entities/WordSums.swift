/// Keeps, for each word of late, the summed weights of its features in every place.
///
/// The sums depend on the word and its form alone, so what is kept never changes an answer; news repeats its words, and
/// most tokens cost one look-up instead of thirty.
struct WordSums: @unchecked Sendable {
  struct Entry: Sendable {
    var key: UInt64 = 0
    var coarse: UInt64 = 0
    /// Which of the sums are there, as bits.
    var filled: UInt32 = 0
    /// One sum per role, in their order.
    var sums: (Sum, Sum, Sum, Sum, Sum, Sum, Sum, Sum, Sum) = (
      Sum(), Sum(), Sum(), Sum(), Sum(), Sum(), Sum(), Sum(), Sum()
    )
    typealias Sum = SIMD8<Int16>
    static let sumsOffset = MemoryLayout<Entry>.offset(of: \.sums)!
  }

  /// The memory of the entries. Shared when a pipeline is copied, until one of the copies reads a text.
  private final class Memory: @unchecked Sendable {
    let entries: UnsafeMutablePointer<Entry>
    init() {
      entries = .allocate(capacity: WordSums.size)
      entries.initialize(repeating: Entry(), count: WordSums.size)
    }
    deinit { entries.deallocate() }
  }

  static let size = 16384
  private var memory = Memory()
  /// Valid between `claim` and the end of the document.
  private(set) var entries: UnsafeMutablePointer<Entry>
  let model: TaggerModel

  init(model: TaggerModel) {
    self.model = model
    entries = memory.entries
  }

  /// Makes the memory this pipeline's own; call before a document.
  mutating func claim() {
    if !isKnownUniquelyReferenced(&memory) { memory = Memory() }
    entries = memory.entries
  }

  /// The entry of word `i`; its sums are made when they are asked for.
  @inline(__always)
  func entry(_ i: Int, _ context: borrowing EntityContext) -> UnsafeMutablePointer<Entry> {
    let item = context[i]
    let key = item.word ^ (UInt64(item.form) << 1 | UInt64(item.isCaseless)) &* 0x9E37_79B9_7F4A_7C15
    let entry = entries + (Int(truncatingIfNeeded: key ^ (key >> 20)) & (Self.size - 1))
    // Letters beyond ASCII can differ within one form; their entries are made anew each time.
    if entry.pointee.key != key || item.hasNonASCII != 0 { begin(entry, key, i, context) }
    return entry
  }

  @inline(never)
  private func begin(_ entry: UnsafeMutablePointer<Entry>, _ key: UInt64, _ i: Int, _ context: borrowing EntityContext)
  {
    entry.pointee.key = key
    entry.pointee.filled = 0
    entry.pointee.coarse = TaggerFeatures.facts(i, context).coarse
  }

  /// The summed weights of word `i` in a place.
  @inline(__always)
  func sum(_ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document)
    -> SIMD8<Int16>
  {
    let entry = entry(i, context)
    if entry.pointee.filled & (1 << UInt32(role.rawValue)) == 0 { fill(entry, role, i, context, document) }
    return UnsafeRawPointer(entry).load(fromByteOffset: Entry.sumsOffset + role.rawValue * 16, as: SIMD8<Int16>.self)
  }

  @inline(never)
  private func fill(
    _ entry: UnsafeMutablePointer<Entry>, _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext,
    _ document: borrowing Document
  ) {
    let salt = context[i].isCaseless != 0 ? TaggerFeatures.caselessSalt : 0
    var total = SIMD8<Int16>(repeating: 0)
    TaggerFeatures.expand(role, TaggerFeatures.facts(i, context), i, document) {
      total &+= model.row(TaggerFeatures.key($0, $1) ^ salt)
    }
    UnsafeMutableRawPointer(entry).storeBytes(
      of: total, toByteOffset: Entry.sumsOffset + role.rawValue * 16, as: SIMD8<Int16>.self)
    entry.pointee.filled |= 1 << UInt32(role.rawValue)
  }
}

/// Sums the weights of a token's features.
struct ScoringSink: FeatureSink, Sendable {
  var words: WordSums
  var salt: UInt64 = 0
  var sum = SIMD8<Int16>(repeating: 0)

  init(model: TaggerModel) { words = WordSums(model: model) }

  /// Sets the scores of all gated tokens.
  mutating func score(_ document: borrowing Document, _ context: borrowing EntityContext, _ lattice: inout TagLattice) {
    words.claim()
    for k in context.gated {
      let i = Int(k)
      salt = context[i].isCaseless != 0 ? TaggerFeatures.caselessSalt : 0
      sum = SIMD8(repeating: 0)
      TaggerFeatures.emit(i, context, document, &self)
      var row = SIMD8<Int32>(truncatingIfNeeded: sum)
      row[7] = TagLattice.impossible
      lattice.scores[i] = row
    }
  }

  @inline(__always)
  mutating func add(_ kind: UInt64, _ value: UInt64) { sum &+= words.model.row(TaggerFeatures.key(kind, value) ^ salt) }

  @inline(__always)
  mutating func add(
    _ role: TaggerFeatures.Role, of i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    sum &+= words.sum(role, i, context, document)
  }

  @inline(__always)
  mutating func coarseClass(_ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document) -> UInt64 {
    words.entry(i, context).pointee.coarse
  }
}
