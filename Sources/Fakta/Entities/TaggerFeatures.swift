/// Receives the features of a token, as 64-bit keys.
package protocol FeatureSink {
  mutating func add(_ key: UInt64)
}

/// The features by which the tagger decides, the same for training and use.
///
/// A feature is a kind and a value, hashed together. Most look at one word (its form, affixes, classes, cues) at a distance
/// of up to two tokens; some at pairs, at the capitalised run, and at the lists.
struct TaggerFeatures {
  /// Which kinds of evidence are used; for ablations in training.
  static let kinds = 64

  /// Text without case is read with features of its own, so that it does not disturb the others.
  static let caselessSalt: UInt64 = 0x5A3C_9E1F_7B64_D285

  @inline(__always)
  static func key(_ kind: UInt64, _ value: UInt64) -> UInt64 {
    let product = (value ^ (kind &* 0x9E37_79B9_7F4A_7C15)).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    var h = product.high ^ product.low
    h = (h ^ (h >> 29) ^ kind) &* 0xBF58_476D_1CE4_E5B9
    return h ^ (h >> 32)
  }

  /// Identity of a token: the hash of its lower-cased form, or its mark.
  @inline(__always)
  static func word(_ i: Int, _ document: Document) -> UInt64 {
    let hash = document.tokens.hash[i]
    return hash != 0 ? hash : UInt64(document.tokens.kind[i]) | 0x100
  }

  /// Calls `sink` with each feature of token `i`.
  @inline(__always)
  static func emit<Sink: FeatureSink>(_ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document, _ sink: inout Sink) {
    let tokens = document.tokens
    let n = tokens.count
    let hasPrevious = i > 0 && context.begin[i] != 2
    let previous = hasPrevious ? i - 1 : -1
    let before = hasPrevious && i > 1 && context.begin[i - 1] != 2 ? i - 2 : -1
    let next = i + 1 < n && context.begin[i + 1] != 2 ? i + 1 : -1
    let after = next >= 0 && i + 2 < n && context.begin[i + 2] != 2 ? i + 2 : -1

    let w = word(i, document)
    let wp = previous >= 0 ? word(previous, document) : 1
    let wn = next >= 0 ? word(next, document) : 2
    let form = UInt64(context.form[i])
    let formP = previous >= 0 ? UInt64(context.form[previous]) : 15
    let formN = next >= 0 ? UInt64(context.form[next]) : 15
    let c96 = UInt64(context.cluster[i] & 0xFFFF)
    let c96p = previous >= 0 ? UInt64(context.cluster[previous] & 0xFFFF) : 999
    let c96n = next >= 0 ? UInt64(context.cluster[next] & 0xFFFF) : 999
    let caseless: UInt64 = form == UInt64(WordForm.caseless) ? 1 << 60 : 0

    sink.add(key(0, caseless))
    emitWord(i, 1, w, context, document, &sink)
    if previous >= 0 { emitNeighbour(previous, 20, wp, context, document, &sink) } else { sink.add(key(20, 1)) }
    if next >= 0 { emitNeighbour(next, 26, wn, context, document, &sink) } else { sink.add(key(26, 1)) }
    if before >= 0 {
      sink.add(key(32, word(before, document)))
      sink.add(key(33, UInt64(context.cluster[before] & 0xFFFF) << 4 | UInt64(context.form[before])))
    }
    if after >= 0 {
      sink.add(key(34, word(after, document)))
      sink.add(key(35, UInt64(context.cluster[after] & 0xFFFF) << 4 | UInt64(context.form[after])))
    }
    // Shapes around, and pairs.
    let begin = UInt64(context.begin[i] == 0 ? 0 : 1)
    sink.add(key(36, formP << 12 | form << 8 | formN << 4 | begin))
    sink.add(key(37, c96p << 20 | c96))
    sink.add(key(38, c96 << 20 | c96n))
    sink.add(key(39, wp ^ (w &* 3)))
    sink.add(key(40, wn ^ (w &* 5)))
    sink.add(key(41, c96p << 40 | c96n << 20 | form))
    // The capitalised run.
    let runStart = Int(context.runStart[i])
    let runEnd = Int(context.runEnd[i])
    if runEnd > runStart {
      let place: UInt64 = (runStart == i ? 1 : 0) | (runEnd == i + 1 ? 2 : 0)
      let length = UInt64(min(5, runEnd - runStart))
      sink.add(key(42, place | length << 2 | begin << 6))
      let first = word(runStart, document)
      let isFirst: UInt64 = runStart == i ? 1 : 0
      sink.add(key(43, first << 1 | isFirst))
      sink.add(key(44, UInt64(context.starts[runStart].rawValue & 0xFFF) << 1 | isFirst))
      sink.add(key(45, UInt64(context.cluster[runStart] & 0xFFFF) << 1 | isFirst))
      if runStart > 0, context.begin[runStart] != 2 {
        let out = runStart - 1
        sink.add(key(46, word(out, document) << 1 | isFirst))
        sink.add(key(47, UInt64(context.ends[out].rawValue) << 1 | isFirst))
        sink.add(key(48, UInt64(context.cluster[out] & 0xFFFF) << 1 | isFirst))
      }
      if runEnd < n, context.begin[runEnd] != 2 {
        sink.add(key(49, word(runEnd, document)))
        sink.add(key(50, UInt64(context.starts[runEnd].rawValue)))
        sink.add(key(51, UInt64(context.cluster[runEnd] & 0xFFFF)))
        // `(25)` and `(KPU)` behind the run.
        if tokens.kind[runEnd] == TokenKind.openParen, runEnd + 2 < n, tokens.kind[runEnd + 2] == TokenKind.closeParen {
          sink.add(key(52, UInt64(context.form[runEnd + 1])))
        }
      }
      let last = runEnd - 1
      sink.add(key(53, word(last, document) << 1 | (last == i ? 1 : 0)))
      sink.add(key(54, UInt64(context.ends[last].rawValue & 0xFFFF) << 1 | (last == i ? 1 : 0)))
    }
    // The lists.
    let hit = UInt64(context.hit[i])
    if hit != 0 {
      sink.add(key(55, hit))
      sink.add(key(56, hit << 8 | form | begin << 4))
      let h = context.hits[Int(context.hitIndex[i])]
      let fillsRun: UInt64 = Int(h.start) == runStart && Int(h.end) == runEnd ? 1 : 0
      sink.add(key(57, hit << 1 | fillsRun))
      sink.add(key(58, hit << 20 | c96p))
    }
    if previous >= 0, context.hit[previous] != 0 { sink.add(key(59, UInt64(context.hit[previous]) << 8 | form)) }
    if next >= 0, context.hit[next] != 0 { sink.add(key(60, UInt64(context.hit[next]) << 8 | form)) }
    sink.add(key(61, UInt64(context.ends[max(0, previous)].rawValue & 0xFFF_FFFF) << 4 | form))
    sink.add(key(62, UInt64(context.starts[i].rawValue & 0xFFFF) << 4 | form))
  }

  /// The features of one word in the place of the token itself.
  @inline(__always)
  static func emitWord<Sink: FeatureSink>(
    _ i: Int, _ base: UInt64, _ w: UInt64, _ context: borrowing EntityContext, _ document: borrowing Document, _ sink: inout Sink
  ) {
    let form = UInt64(context.form[i])
    sink.add(key(base, w))
    sink.add(key(base + 1, w ^ form << 3))
    sink.add(key(base + 2, form))
    guard document.tokens.kind[i] == TokenKind.word else { return }
    let start = Int(document.tokens.start[i])
    let end = Int(document.tokens.end[i])
    let length = end - start
    var prefix: UInt64 = 0
    for k in 0..<min(4, length) {
      prefix = prefix << 8 | UInt64(document.bytes[start + k] | 0x20)
      if k >= 1 { sink.add(key(base + 2 + UInt64(k), prefix)) }
    }
    var suffix: UInt64 = 0
    for k in 0..<min(4, length) {
      suffix = suffix << 8 | UInt64(document.bytes[end - 1 - k] | 0x20)
      if k >= 1 { sink.add(key(base + 5 + UInt64(k), suffix)) }
    }
    sink.add(key(base + 9, UInt64(min(length, 12)) << 4 | form))
    let cluster = context.cluster[i]
    sink.add(key(base + 10, UInt64(cluster & 0xFFFF)))
    sink.add(key(base + 11, UInt64(cluster >> 16)))
    let tendency = UInt64(context.lexicon.caseTendency(ofWord: document.tokens.id[i]))
    sink.add(key(base + 12, tendency << 4 | form))
    let cues = UInt64((context.starts[i].rawValue | context.ends[i].rawValue) & 0x3F_FFFF)
    sink.add(key(base + 13, cues))
    sink.add(key(base + 14, UInt64(context.starts[i].rawValue & (CueSet.given.rawValue | CueSet.family.rawValue)) | tendency << 32))
  }

  /// The features of a word next to the token.
  @inline(__always)
  static func emitNeighbour<Sink: FeatureSink>(
    _ i: Int, _ base: UInt64, _ w: UInt64, _ context: borrowing EntityContext, _ document: borrowing Document, _ sink: inout Sink
  ) {
    let form = UInt64(context.form[i])
    sink.add(key(base, w))
    sink.add(key(base + 1, UInt64(context.cluster[i] & 0xFFFF) << 4 | form))
    sink.add(key(base + 2, UInt64(context.cluster[i] >> 16) << 4 | form))
    sink.add(key(base + 3, UInt64((context.starts[i].rawValue | context.ends[i].rawValue) & 0x3F_FFFF) << 4 | form))
    sink.add(key(base + 4, UInt64(context.lexicon.caseTendency(ofWord: document.tokens.id[i])) << 4 | form))
  }
}
