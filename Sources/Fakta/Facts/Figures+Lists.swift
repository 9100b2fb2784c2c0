// What lists and brackets tie to a number.

extension FactContext {
  /// The name that a list ties to its number, whatever verb stands before: `disusul Bogor (8 kasus), DEPOK (5 kasus)`, `antara lain
  /// adalah INDIA senilai 3 miliar`, `yakni Bogor 20 rumah, DEPOK 9 rumah`; not `di Bogor (8 kasus)`.
  func memberName(_ index: Int, low: Int, high: Int) -> TokenSpan {
    guard let name = nameBefore(index, low) else { return .none }
    if name.isBracketed {
      let end = Int(text.quantities[index].span.end)
      let item = text.quantities[index].item
      return text.kindAt(item.isNone ? end : Int(item.end)) == TokenKind.closeParen ? name.phrase : .none
    }
    let p = Int(name.phrase.start) - 1
    guard p > low, has(p, [.comma, .and]) || has(p, .copula) && !isVerb(p), !has(p, .entity) else { return .none }
    if has(Int(text.quantities[index].span.start) - 1, .amount) { return name.phrase }
    for other in [index - 1, index + 1] where text.quantities.indices.contains(other) {
      let start = Int(text.quantities[other].span.start)
      guard start > low, start < high, text.quantities[other].kind == text.quantities[index].kind,
        let its = nameBefore(other, low), !its.isBracketed
      else { continue }
      let second = other < index ? name : its
      // Nothing but the item and a comma lies between the two members.
      guard endsQuantity(beforeJoint(Int(second.phrase.start), low), min(index, other)) else { continue }
      return name.phrase
    }
    return .none
  }

  /// The token before the comma or conjunction that ends before `i`.
  private func beforeJoint(_ i: Int, _ low: Int) -> Int {
    var k = i - 1
    guard has(k, [.comma, .and]), !has(k, .entity) else { return -1 }
    while k > low, has(k, [.comma, .and]), !has(k, .entity) { k -= 1 }
    return k
  }

  /// The phrase that ends in a name directly before the number of a quantity, and whether a bracket opens between.
  private func nameBefore(_ index: Int, _ low: Int) -> (phrase: TokenSpan, isBracketed: Bool)? {
    var k = Int(text.quantities[index].span.start) - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .entity) { k -= 1 }
    let isBracketed = text.kindAt(k) == TokenKind.openParen
    if isBracketed { k -= 1 }
    guard k > low, text.entityIn[k] >= 0, text.quantityIn[k] < 0 else { return nil }
    let phrase = nounPhrase(before: k + 1, low: low)
    guard !phrase.isNone, phrase.start == low || !has(Int(phrase.start) - 1, [.preposition, .quantity]) else {
      return nil
    }
    return (phrase, isBracketed)
  }

  /// The noun that a bracket holds with nothing but its amount, whatever verb stands outside: `ada di Bogor (TINGGI AIR 30 cm)`; not `(setara
  /// Rp 2 miliar)`.
  func nounInBracket(_ start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .entity) { k -= 1 }
    guard k > low, text.kind[k] == TokenKind.word, !has(k, .adjective) || isNoun(k - 1, first: true) else { return nil }
    let noun = nounPhrase(before: k + 1, low: low)
    let open = Int(noun.start) - 1
    return !noun.isNone && Int(noun.end) == k + 1 && open > low && text.kind[open] == TokenKind.openParen ? noun : nil
  }

  /// Whose a share or amount in a bracket is: `Sebagian WARGA (60 persen) menolak`; none behind a noun that is itself counted.
  func nounBeforeBracket(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]) { k -= 1 }
    guard k > low, text.kind[k] == TokenKind.openParen else { return .none }
    let noun = nounPhrase(before: k, low: low)
    guard !noun.isNone, Int(noun.end) == k,
      noun.start == low || !has(Int(noun.start) - 1, [.quantity, .preposition])
    else { return .none }
    return noun
  }

  /// The figure of the list member before: `30 poin, ENAM assist dan DUA rebound`, `5 poin atau 0,2 persen`.
  func earlierMember(of index: Int, _ low: Int) -> PredicateDraft? {
    guard index > 0, let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return nil }
    var k = Int(text.quantities[index].span.start) - 1
    // "€ 90 juta atau setara Rp 1,4 triliun"
    // "atau setara dengan Rp 1,4 triliun"
    if k > low, has(k - 1, .adjective), preposition(at: k)?.sense.isWith == true { k -= 1 }
    while k >= low, has(k, [.adverb, .amount, .adjective]), !isVerb(k), text.quantityIn[k] < 0 { k -= 1 }
    let isBracketed = text.kindAt(k) == TokenKind.openParen
    var joined = isBracketed
    if isBracketed { k -= 1 }
    while k >= low, !isBracketed, has(k, [.comma, .and]), !has(k, .entity) {
      joined = true
      k -= 1
    }
    guard joined, k >= low, endsQuantity(k, index - 1) else { return nil }
    return earlier
  }

  /// Name and amount behind those of the list member before: `Harga solar ditetapkan Rp 6.000 dan HARGA BENSIN Rp 7.000`.
  ///
  /// Where the verb of the member before takes an object only names and what is called like its actor: `Atlet utama mendapat Rp 9 juta, ATLET MUDA
  /// Rp 7 juta`; `menyita 5 kg sabu dan uang Rp 7.000` is one list of objects.
  func ownName(of index: Int, _ low: Int) -> (action: TokenSpan, actor: TokenSpan)? {
    guard index > 0, let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return nil }
    let quantity = text.quantities[index]
    let before = text.quantities[index - 1]
    // "gempa guguran terjadi 4 kali, GEMPA TEKTONIK 9 kali"
    let isOfTimes = countsTimes(quantity) && countsTimes(before)
    guard quantity.kind == before.kind else { return nil }
    let v = Int(earlier.action.start)
    if listsObjects(v, of: earlier, before: Int(quantity.span.start)) { return nil }
    // Shares are of those who have them, whatever they do: `Budi menyumbang 21 persen, RINA 22 persen`.
    let isFree =
      (!isCounted(before) || isOfTimes || earlier.procedure == .figureNominal)
      && (earlier.action.isNone || quantity.kind == .percent
        || (has(v, [.passive, .intransitive, .stative, .copula]) && !has(v, .active)))
    guard isFree || governsDirectly(earlier, before) else { return nil }
    var k = Int(quantity.span.start) - 1
    while k >= low, has(k, [.adverb, .amount]) || text.kind[k] == TokenKind.openParen { k -= 1 }
    guard k >= low, at(k).isDisjoint(with: [.comma, .hardMark, .quote, .preposition, .clause]) || has(k, .entity) else {
      return nil
    }
    let name = nounPhrase(before: k + 1, low: low)
    guard !name.isNone else { return nil }
    var p = Int(name.start) - 1
    guard p >= low, has(p, [.comma, .and]), !has(p, .entity) else { return nil }
    while p >= low, has(p, [.comma, .and]) { p -= 1 }
    if text.kindAt(p) == TokenKind.closeParen { p -= 1 }
    guard p >= low, endsQuantity(p, index - 1), isFree || isAlike(name, earlier.actor) else { return nil }
    return (earlier.action, name)
  }

  /// `Ponsel itu DIBEKALI baterai 6.000 mAh dan kamera | 200 megapiksel`: whether a passive with its subject before it has the nouns behind it for
  /// objects, each with an amount of its own; not `Harga solar ditetapkan Rp 6.000 dan harga bensin | Rp 7.000`.
  private func listsObjects(_ v: Int, of earlier: PredicateDraft, before start: Int) -> Bool {
    guard !earlier.action.isNone, !earlier.actor.isNone, has(v, .passive), !has(v, .copula), !says(.report, at: v),
      // "terdiri dari kebun seluas 3 hektare dan sawah SELUAS 5 hektare": those say whose they are.
      Int(earlier.actor.end) <= v, !has(start - 1, .amount)
    else { return false }
    var from = verbEnd(v)
    if from < start, !has(from, .entity), let found = preposition(at: from) { from = found.end }
    let object = nounPhrase(from: from, high: start)
    return !object.isNone && Int(object.start) == from && Int(object.end) < start
      && has(Int(object.end), [.quantity, .amount]) && !has(from, .quantity)
  }

  /// Whether nothing but amount words stands between the verb of a figure and its number, or the verb is that of a list of such.
  private func governsDirectly(_ figure: PredicateDraft, _ quantity: Quantity) -> Bool {
    let end = Int(figure.action.end)
    if figure.procedure == .figureNominal, !figure.action.isNone, !isCounted(quantity) { return true }
    return figure.procedure == .figureObject && !figure.actor.isNone && end <= Int(quantity.span.start)
      && (end..<Int(quantity.span.start)).allSatisfy { has($0, [.adverb, .amount]) }
  }

  /// Whether a phrase is a name, or begins like that of another actor: `ATLET muda` beside `atlet utama`.
  private func isAlike(_ phrase: TokenSpan, _ other: TokenSpan) -> Bool {
    let (first, its) = (Int(phrase.start), Int(other.start))
    if text.entityAt[first] >= 0, text.entities[Int(text.entityAt[first])].span == phrase { return true }
    return !other.isNone && text.hash[first] == text.hash[its] && text.kind[first] == TokenKind.word
  }
}
