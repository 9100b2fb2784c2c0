// What the lists say of the phrases that begin at a token.

extension FactContext {
  /// The longest match at token `i` that has one of the classes.
  func longestMatch(at i: Int, of set: ClassSet) -> Match? {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      if reader.classes(at: match.state).intersects(set) { return match }
    }
    return nil
  }

  /// The cue that begins at `i`: the longest one, with its end.
  @inline(__always)
  func cue(at i: Int) -> (cue: FactWords.SpeechCue, end: Int)? { begins(i, words.speech) ? findCue(i) : nil }

  @inline(never)
  func findCue(_ i: Int) -> (cue: FactWords.SpeechCue, end: Int)? {
    guard let found = longest(at: i, of: words.speech, cuesByState, { words.cue(at: $0) }) else { return nil }
    return found.value.form == .never ? nil : (found.value, found.end)
  }

  /// The preposition that begins at `i`: the longest one, with its end.
  @inline(__always)
  func preposition(at i: Int) -> (sense: FactWords.PrepositionSense, end: Int)? {
    begins(i, words.preposition) ? findPreposition(i) : nil
  }

  @inline(never)
  func findPreposition(_ i: Int) -> (sense: FactWords.PrepositionSense, end: Int)? {
    guard let found = longest(at: i, of: words.preposition, prepositionsByState, { words.preposition(at: $0) }) else {
      return nil
    }
    return (found.value, found.end)
  }

  /// Whether token `i` begins a word that says `use` of its clause.
  @inline(__always)
  func says(_ use: FactWords.ClauseUse, at i: Int) -> Bool { begins(i, words.clauseWord) && findUse(i) == use }

  @inline(never)
  func findUse(_ i: Int) -> FactWords.ClauseUse? {
    longest(at: i, of: words.clauseWord, usesByState) { words.clauseUse(at: $0) }?.value
  }

  /// Whether a phrase of one of the classes begins at `i`: most tokens say no.
  @inline(__always)
  func begins(_ i: Int, _ set: ClassSet) -> Bool {
    UInt(bitPattern: i) < UInt(bitPattern: count) && text.classes[i].intersects(set)
  }

  /// What the rows say of the longest match at token `i` that has one of the classes and a row with a value.
  @inline(__always)
  func longest<Value>(
    at i: Int, of set: ClassSet, _ cache: StateCache<Value>, _ find: (UInt32) -> Value?
  ) -> (value: Value, end: Int)? {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      guard reader.classes(at: match.state).intersects(set) else { continue }
      if let value = cache.value(match.state, find) { return (value, Int(match.end)) }
    }
    return nil
  }
}
