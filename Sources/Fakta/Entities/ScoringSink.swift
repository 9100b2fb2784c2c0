/// Sums the weights of the features of each gated token of a document.
struct ScoringSink: FeatureSink {
  private let sums: WordSums.View
  private let lines: UnsafeMutableRawPointer
  private let cells: UnsafeMutablePointer<UInt64>
  private let pairs: UnsafeMutablePointer<UInt64>
  private let cues: UnsafeMutablePointer<UInt64>
  private let isCaseless: Bool
  private var sum = SIMD8<Int16>(repeating: 0)

  @inline(__always)
  private init(_ sums: WordSums.View, isCaseless: Bool) {
    self.sums = sums
    lines = sums.parts.pointee.lines
    cells = sums.parts.pointee.cells
    cues = sums.parts.pointee.cues
    pairs = sums.parts.pointee.pairs + (isCaseless ? PairTable.size : 0)
    self.isCaseless = isCaseless
  }

  /// Sets the scores of all gated tokens.
  static func score(
    _ sums: WordSums, _ document: borrowing Document, _ context: borrowing EntityContext, _ lattice: TagLattice
  ) {
    let count = document.tokens.count
    precondition(count <= context.rows.count, "the context is not of this document")
    sums.begin(count)
    let (gated, hits) = (context.gated, context.hits)
    guard let rows = context.rows.baseAddress else { return }
    var done = 0
    while done < gated.count {
      let end = min(gated.count, done + WordSums.mostGated)
      let part = UnsafeBufferPointer(rebasing: gated[done..<end])
      let view = sums.view(part.count)
      view.prepare(part, context, document)
      for k in part {
        let i = Int(k)
        var sink = ScoringSink(view, isCaseless: rows[i].isCaseless != 0)
        TaggerFeatures.emit(i, count, rows, hits, &sink)
        lattice.set(i, sink.sum)
      }
      done = end
    }
  }

  @inline(__always)
  mutating func add(_ kind: UInt64, _ value: UInt64) { sum &+= TaggerModel.Weights.unpack(row(kind, value)) }

  @inline(__always)
  mutating func remove(_ kind: UInt64, _ value: UInt64) { sum &-= TaggerModel.Weights.unpack(row(kind, value)) }

  @inline(__always)
  private func row(_ kind: UInt64, _ value: UInt64) -> UInt64 {
    let place = PairTable.place(kind, value)
    if place >= 0 {
      let row = pairs[place]
      return row != 0 ? row : sums.fillPair(place, kind, value, isCaseless)
    }
    return kind == 61 ? cueRow(value) : sums.packed(kind, value, isCaseless)
  }

  /// The row of the cues that end before a token (feature 61): such sets are few, and the model is large.
  @inline(__always)
  private func cueRow(_ value: UInt64) -> UInt64 {
    let name = value << 1 | (isCaseless ? 1 : 0) | 1 << 63
    let at = cues + Int(truncatingIfNeeded: (name &* 0x9E37_79B9_7F4A_7C15) >> 55) &* 2
    if at[0] != name { sums.fillCue(at, name, value, isCaseless) }
    return at[1]
  }

  @inline(__always)
  mutating func add(_ role: TaggerFeatures.Role, of i: Int) {
    sum &+= WordSums.View.place(role, cells[i], lines).pointee
  }

  @inline(__always)
  mutating func add(run role: TaggerFeatures.Role, of i: Int) {
    sum &+= WordSums.View.runPlace(role, cells[i], lines).pointee
  }

  @inline(__always)
  func coarseClass(_ i: Int) -> UInt64 { WordSums.Cell.coarse(cells[i]) }
}
