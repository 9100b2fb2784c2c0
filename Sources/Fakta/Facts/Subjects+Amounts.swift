// Nouns beside amounts and times, which are no subjects of their own.

extension FactContext {
  /// The noun that `dengan` adds to a clause with a verb, where the verb at `v` says how much of it there is: `menyumbang uang dengan
  /// SUMBANGAN TERTINGGI | mencapai`; not `Rumah dengan taman luas | mencapai`.
  func amountBesides(endingAt e: Int, of v: Int, low: Int) -> TokenSpan {
    guard !has(e, [.entity, .demonstrative, .pronoun]), has(v, .adverb) || says(.attributive, at: v) else {
      return .none
    }
    let own = nounPhrase(before: e + 1, low: low)
    let start = Int(own.start)
    guard !own.isNone, Int(own.end) == e + 1, !says(.sum, at: e), start - 1 > low, has(start - 1, .preposition),
      preposition(before: start)?.isWith == true, verb(before: start - 1, low: low) != nil
    else { return .none }
    return own
  }

  /// The noun behind a preposition and a verb, of which an attributive verb behind token `e` tells: `dijual sebagai PERAHU LAYAR |
  /// berkapasitas 12 orang`, `diarak dengan KERETA | berbobot 600 kg`; not a place (`Rina tinggal di Bogor | berstatus penyewa`).
  func nounDescribed(endingAt e: Int, low: Int) -> TokenSpan {
    guard e > low, !isVerb(e),
      at(e).isDisjoint(with: [.demonstrative, .pronoun, .date, .adverb, .and]) || has(e, .entity)
    else { return .none }
    let noun = nounPhrase(before: e + 1, low: low)
    var p = Int(noun.start) - 1
    while p > low, has(p, .quantity) { p -= 1 }
    // "yang dipamerkan adalah TRUK berkapasitas"
    if !noun.isNone, Int(noun.end) == e + 1, p > low, says(.equation, at: p), noun.start == p + 1 { return noun }
    guard !noun.isNone, Int(noun.end) == e + 1, p > low, has(p, .preposition), !has(p, .entity),
      let sense = preposition(before: p + 1), !sense.place || text.entityAt[Int(noun.start)] < 0,
      let governor = verb(before: p, low: low),
      // "wabah yang melanda NEGARA berpenduduk 30 juta"
      relative(before: governor, low: low) == nil || has(governor, .active) || sense.place,
      (verbEnd(governor)..<max(p, verbEnd(governor))).allSatisfy({ !has($0, [.comma, .clause]) || has($0, .entity) })
    else { return .none }
    // "dua BUAH sensor", "penemuan SEBUAH bom"
    var start = Int(noun.start)
    if text.quantityIn[start - 1] >= 0 {
      start = max(start, Int(text.quantities[Int(text.quantityIn[start - 1])].classifier.end))
    }
    for k in start..<e where has(k, .determiner) && !has(k, .entity) { start = k + 1 }
    return TokenSpan(start, e + 1)
  }

  /// Whether the verb at `v` makes or lets whoever stands behind it do something: `hujan yang MEMBUAT warga | menunggu`; not where a
  /// demonstrative ends the clause (`gempa yang membuat warga panik ITU | terjadi`).
  func leads(_ v: Int, to e: Int) -> Bool {
    guard v < e, !has(e, .demonstrative) else { return false }
    // "surat yang menyebut RINA | menerima"
    if has(v, .speech), has(v, .active), text.entityIn[e] >= 0 {
      return Int(text.entities[Int(text.entityIn[e])].span.start) == verbEnd(v)
    }
    return !says(.report, at: verbBehind(e)) && (says(.causative, at: v) || says(.control, at: v))
  }

  /// The noun that has the amount that begins at `start`: `MEMORI seluas | 8 GB`, `KAMAR berukuran | 55 meter persegi`.
  func nounOfAmount(before start: Int, _ low: Int) -> TokenSpan {
    var e = start
    while e > low, has(e - 1, [.adverb, .amount]), !has(e - 1, .entity) { e -= 1 }
    if e - 1 > low, isVerb(e - 1), says(.attributive, at: e - 1) { e -= 1 }
    guard e > low, !has(e - 1, [.comma, .demonstrative]) else { return .none }
    return nounPhrase(before: e, low: low)
  }

  /// What was at the time that begins at `start` behind its preposition: `dihantam GEMPA pada 2017 | yang menewaskan`, and the subject
  /// of a verb before it (`LOMBA yang digelar pada Mei yang diikuti`).
  func nounOfTime(before start: Int, low: Int, _ depth: Int) -> TokenSpan {
    guard let sense = preposition(before: start), sense.time || sense.place, !sense.isFrom, !sense.isLike,
      sense.relation == .at || sense.relation == .none || sense.relation == .during
    else { return .none }
    var e = start - 1
    while e >= low, has(e, .preposition), !has(e, .entity) { e -= 1 }
    guard e >= low else { return .none }
    if isVerb(e), !has(e, .copula) { return subject(of: e, low: low, depth: depth + 1) }
    guard at(e).isDisjoint(with: [.comma, .adverb, .adjective, .demonstrative]) || has(e, .entity) else { return .none }
    let phrase = nounPhrase(before: e + 1, low: low)
    let noun = holder(of: phrase, low)
    // "sanksi kepada Korea pada Mei yang mengurangi": hardly of the country.
    let start = Int(phrase.start)
    return noun == phrase && has(start, .entity) && has(start - 1, [.preposition, .date]) ? .none : noun
  }

  /// What the topic of the clause has, where that stands apart from it and before the verb: `turis yang datang pada Mei PERTUMBUHANNYA | mencapai`,
  /// `kereta tujuan Bogor OKUPANSINYA | mencapai`.
  func owned(endingAt e: Int, behind topic: TokenSpan) -> TokenSpan {
    guard Int(topic.end) <= e, text.kind[e] == TokenKind.word, at(e).isEmpty, endsInClitic(e),
      !isPerson(Int(topic.start))
    else { return .none }
    var own = nounPhrase(before: e + 1, low: Int(topic.end))
    guard !own.isNone, Int(own.end) == e + 1 else { return .none }
    for k in own.range where has(k, .entity) { own.start = Int32(k + 1) }
    let before = Int(own.start) - 1
    return before > 0 && has(before, [.date, .demonstrative, .entity]) ? own : .none
  }

  /// Whether whoever does the verb at `v` does the next one as well, and its object `phrase` does not: `mengemas 53 POIN | berjarak`; not
  /// `memperkecil selisih POIN | menjadi`, `membuat TARGET | naik`.
  func isComplement(_ phrase: TokenSpan, _ v: Int) -> Bool {
    let last = Int(phrase.end) - 1
    // "mengemas 45 ANGKA berada di puncak"
    let isAlone = phrase.count == 1 || phrase.range.dropLast().allSatisfy { text.quantityIn[$0] >= 0 }
    // "mendapat GILIRAN bernyanyi"
    return (says(.complement, at: last) || says(.turn, at: last)) && !says(.causative, at: v)
      && (isAlone || !has(verbBehind(last), .copula))
  }

  func isBareAmount(_ phrase: TokenSpan) -> Bool {
    phrase.range.allSatisfy { $0 < count && text.quantityIn[$0] >= 0 }
  }
}
