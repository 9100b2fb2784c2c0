// Verbs and their phrases.

extension FactContext {
  /// Whether token `i` is a verb that can govern: sure of its voice, and no auxiliary before another verb.
  @inline(__always)
  func isVerb(_ i: Int) -> Bool {
    let b = at(i)
    return !b.isDisjoint(with: WordBits.sureVerb.union(.bareVerb)) && b.isDisjoint(with: Self.covered) && governs(i, b)
  }

  @inline(never)
  func governs(_ i: Int, _ b: WordBits) -> Bool {
    // "akan gelar lomba", "kami TEMUKAN": without its prefix also behind an auxiliary or pronoun.
    if b.contains(.bareVerb), i < count,
      isHeadline[i]
        || i > 0 && !b.contains(.auxiliary) && !isName[i]
          && (has(i - 1, .auxiliary) || has(i - 1, .pronoun) && isSomebody(i - 1))
    {
      return true
    }
    guard !b.isDisjoint(with: .sureVerb), !isName[i] else { return false }
    // "secara MENGEJUTKAN"
    if i > 0, at(i - 1).isSuperset(of: [.adverb, .preposition]), preposition(at: i - 1)?.sense.isManner == true {
      return false
    }
    if b.contains(.auxiliary) || b.contains(.adverb) || b.contains(.preposition) || b.contains(.clause) {
      // "dapat diterima", "usai rapat": an auxiliary or preposition here; "dapat 10 suara": a verb.
      // "Rina, yang DIDAMPINGI dua anaknya": behind a relative and before a number a verb.
      if b.contains(.preposition) || b.contains(.clause) {
        return !b.isDisjoint(with: [.active, .passive]) && has(i + 1, .quantity) && has(i - 1, .relative)
      }
      // "laga dilanjutkan KEMBALI"
      if b.contains(.adverb), !b.contains(.active), has(i - 1, [.active, .passive]), has(i + 1, [.hardMark, .comma]),
        at(i - 1).isDisjoint(with: [.adverb, .auxiliary, .entity, .date, .quantity])
      {
        return false
      }
      // "telah IKUT SERTA dalam"
      if b.contains(.auxiliary), verbEnd(i) > i + 1 { return true }
      let verbs: WordBits = [.active, .passive, .intransitive, .stative, .bareVerb, .auxiliary, .negation]
      return !has(i + 1, verbs)
        // "dapat LEBIH mengembangkan"
        && !(b.contains(.auxiliary) && has(i + 1, .adverb) && has(i + 2, [.active, .passive]))
        && (i + 1 >= count || has(i + 1, [.quantity, .adverb, .entity, .hardMark, .comma])
          || b.contains(.active) && !b.contains(.auxiliary)
          // "sudah KEMBALI ke Bogor"; not "dibuka kembali di Bogor".
          || b.contains(.intransitive) && has(i + 1, [.placePreposition, .timePreposition])
            && at(i - 1).isDisjoint(with: .sureVerb))
    }
    return true
  }

  /// Whether the pronoun at `i` stands for somebody: `kami`; not `semua`, `masing-masing`, `sendiri`.
  func isSomebody(_ i: Int) -> Bool {
    has(i, .thirdPerson) || text.classes[i].intersects(words.reader) || says(.group, at: i)
  }

  /// The pronoun that does the verb without a prefix at `v`: `20 karung yang KAMI temukan`.
  func pronoun(doing v: Int) -> TokenSpan {
    guard has(v, .bareVerb), at(v).isDisjoint(with: .sureVerb) else { return .none }
    return has(v - 1, .pronoun) && isSomebody(v - 1) ? TokenSpan(v - 1, v) : .none
  }

  /// Steps back over auxiliaries, negations and adverbs: the token before the verb phrase that `i` belongs to.
  func beforeVerbPhrase(_ i: Int, low: Int) -> Int {
    var e = i - 1
    while e >= low, has(e, [.auxiliary, .negation, .adverb]), !has(e, [.demonstrative, .relative]), !(isVerb(e)) {
      e -= 1
    }
    return e
  }

  /// Whether a passive has no agent right behind it: `tertimbun longsor`, `diberi bingkisan`; with a preposition it may.
  func isAgentless(_ v: Int) -> Bool {
    if words.isAgentless(v, text) { return true }
    // "gol yang diberikan RINA", "denda yang dijatuhkan PSSI"
    let end = verbEnd(v)
    return says(.recipient, at: v) && preposition(at: end)?.sense.isBy != true && !isNamed(end, .person)
      && !isNamed(end, .organization)
  }

  /// The `yang` of the relative clause that the verb at `v` begins, over auxiliaries and other verbs.
  func relative(before v: Int, low: Int) -> Int? {
    var e = beforeVerbPhrase(v, low: low)
    var n = 0
    while e >= low, isVerb(e), n < 4 {
      e = beforeVerbPhrase(e, low: low)
      n += 1
    }
    // "kapal yang SAAT INI dipimpin Rina"
    if e >= low, has(e, .date) {
      n = 0
      while e >= low, n < 8, has(e, [.date, .timePreposition]), !has(e, .entity) {
        e -= 1
        n += 1
      }
      e = beforeVerbPhrase(e + 1, low: low)
    }
    if e >= low, has(e, .relative) { return e }
    // "jalan yang PEMBANGUNANNYA dibiayai PT Melati"
    return e > low && has(e - 1, .relative) && endsInClitic(e) && !isVerb(e) ? e - 1 : nil
  }

  /// Whether the word at `i` ends in a clitic: `luasnya`.
  func endsInClitic(_ i: Int) -> Bool {
    text.kindAt(i) == TokenKind.word && words.morphology.endsInClitic(text.bytes, Int(text.start[i]), Int(text.end[i]))
  }

  /// Whether the word at `i` is one for people, with or without a clitic: `polisi`, `istrinya`.
  func isOfPeople(_ i: Int) -> Bool {
    if text.classes[i].intersects(words.people) { return true }
    let stem = words.morphology.stem(text.bytes, Int(text.start[i]), Int(text.end[i]), words.lexicon)
    return stem != 0 && words.lexicon.classes(ofWord: stem).intersects(words.people)
  }

  /// The end of the phrase of several words that a verb at `i` begins: `berunjuk rasa`, `disebut-sebut`.
  func verbEnd(_ i: Int) -> Int {
    let end = isDoubled(i) ? i + 3 : i + 1
    guard text.classes[i].intersects(words.verb) else { return end }
    if let match = longestMatch(at: i, of: words.verb) {
      return max(end, Int(match.end))
    }
    return end
  }

  /// Whether the word at `i` is said twice, the second time without its prefix: `berjalan-jalan`.
  func isDoubled(_ i: Int) -> Bool {
    guard text.kindAt(i + 1) == TokenKind.hyphen, i + 2 < count, text.kind[i + 2] == TokenKind.word else {
      return false
    }
    let (start, end) = (Int(text.start[i + 2]), Int(text.end[i + 2]))
    let shift = Int(text.end[i]) - end
    guard start + shift >= Int(text.start[i]) else { return false }
    return (start..<end).allSatisfy { text.bytes[$0] == text.bytes[$0 + shift] }
  }
}
