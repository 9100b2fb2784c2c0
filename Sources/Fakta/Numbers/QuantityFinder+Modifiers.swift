/// Words that make a number less exact.
extension QuantityFinder {
  /// Reads the modifier of `quantity` in front of it and behind it.
  func modify(_ quantity: inout Quantity, _ number: Number) {
    guard quantity.kind != .score, quantity.kind != .ordinal else { return }
    var position = Int(quantity.span.start)
    // "+/- 2,9 persen"
    if tokens.kindAt(position - 1) == TokenKind.hyphen, tokens.attached(position - 1) { position -= 1 }
    var steps = 0
    while steps < 4, position > 0, tokens.gapAt(position) <= TokenGap.line {
      if let hit = text.cue(endingAt: position, [.before, .loose, .single]), applies(hit, to: quantity) {
        quantity.modifier = hit.cue.before
        return
      }
      guard let bridge = text.cue(endingAt: position, .bridge) else { break }
      position = bridge.start
      steps += 1
    }
    // "setidaknya meraih empat poin": the verb stands between.
    if position > 1, words.isVerb(at: position - 1, in: text),
      let hit = text.cue(endingAt: position - 1, .before), hit.cue.before == .atLeast
    {
      quantity.modifier = .atLeast
      return
    }
    behind(&quantity)
  }

  private func applies(_ hit: NumberText.CueHit, to quantity: Quantity) -> Bool {
    if hit.cue.roles.contains(.before) { return true }
    if hit.cue.roles.contains(.single) { return !quantity.isRange }
    // "hingga menjadi 30 persen": until it becomes.
    if hit.end < Int(quantity.span.start), words.isVerb(at: hit.end, in: text) { return false }
    // "dari 5 orang hingga 7 orang", "Rp 1 juta (A) hingga Rp 2 juta (B)": the end of a series.
    guard let last, last.kind == quantity.kind, last.unit == quantity.unit else { return true }
    let end = Int(last.span.end)
    return hit.start - end > 8 || hasSentenceEnd(from: end, to: hit.start) || opensClause(from: end, to: hit.start)
  }

  /// Whether a comma, `dan`, `yang` or a verb parts two amounts, so that they are no ends of one series: "64 GB, slot microSD hingga
  /// 256 GB", "1.300 petani dan bisa bertambah hingga 9 ribu petani".
  private func opensClause(from start: Int, to end: Int) -> Bool {
    var isInBrackets = false
    for i in max(0, start)..<max(start, min(end, tokens.count)) {
      switch tokens.kindAt(i) {
      case TokenKind.openParen: isInBrackets = true
      case TokenKind.closeParen: isInBrackets = false
      case TokenKind.comma where !isInBrackets: return true
      case TokenKind.word where !isInBrackets:
        if text.cue(at: i, .and) != nil || words.isRelative(at: i, in: text) || words.isVerb(at: i, in: text) {
          return true
        }
      default: break
      }
    }
    return false
  }

  private func hasSentenceEnd(from start: Int, to end: Int) -> Bool {
    var i = max(0, start)
    while i < end, i < tokens.count {
      if tokens.kindAt(i) == TokenKind.period, i + 1 < tokens.count, tokens.gapAt(i + 1) != TokenGap.none {
        return true
      }
      if tokens.gapAt(i) == TokenGap.paragraph { return true }
      i += 1
    }
    return false
  }

  private func behind(_ quantity: inout Quantity) {
    guard quantity.modifier == .exact else { return }
    for end in [Int(quantity.span.end), quantity.item.isNone ? -1 : Int(quantity.item.end)] where end >= 0 {
      guard let hit = text.cue(at: end, .after), tokens.gapAt(end) <= TokenGap.space else { continue }
      // "13 MP + 13 MP" adds.
      if tokens.kindAt(end) == TokenKind.plus, tokens.isNumber(hit.end) { continue }
      // "dua kali lebih besar", "20 persen lebih tinggi" compare.
      if hit.cue.after == .moreThan, tokens.isWord(hit.end), words.isComparison(at: hit.end, in: text) { continue }
      // "19 dolar atau lebih dari 250 ribu rupiah", but "50 persen atau lebih menang"
      if hit.cue.after == .atLeast, tokens.isWord(hit.end),
        text.cue(at: hit.end, .share) != nil || words.kind(at: hit.end, in: text) == .adjective
      {
        continue
      }
      quantity.modifier = hit.cue.after
      return
    }
  }

  /// Where the modifiers in front of token `start` begin.
  func modifierStart(of start: Int) -> Int {
    var position = start
    var steps = 0
    while steps < 4, let hit = text.cue(endingAt: position, [.before, .loose, .single, .bridge]),
      hit.cue.roles.isDisjoint(with: [.age, .level, .magnitude])
    {
      position = hit.start
      steps += 1
    }
    return position
  }
}

extension PhraseWords {
  /// Whether the word goes on a comparison that `lebih` began.
  func isComparison(at i: Int, in text: NumberText) -> Bool {
    switch kind(at: i, in: text) {
    case .adjective, .result: return true
    case .noun: return false
    case .stop: return text.cue(at: i, .share) != nil || isVerb(at: i, in: text)
    }
  }
}
