/// Who does or undergoes what a number tells of: subjects, nouns that the number is the amount of, names in lists.
extension FactContext {
  /// Who acts where the clause leaves it out: the speaker of a content that begins with its verb (`Budi berjanji membangun 5
  /// sekolah`), or the actor of the figure before, whose clause an adversative goes on with (`naik 5 persen, sementara dibanding
  /// Mei turun 2 persen`).
  func impliedActor(_ index: Int, _ draft: PredicateDraft, _ scope: TokenSpan) -> TokenSpan {
    let v = Int(draft.action.start)
    guard draft.procedure == .figureObject, isVerb(v) else { return .none }
    if let speaker = actingSpeaker(v, index) { return speaker }
    let topic = topicBeforeAttribution(v)
    if !topic.isNone { return topic }
    guard has(v, .intransitive), let earlier = figures.last, Int(earlier.anchor) == index - 1, !earlier.actor.isNone,
      !isBareAmount(earlier.actor), earlier.action.start < draft.action.start
    else { return .none }
    let before = Int(text.quantities[index - 1].span.start)
    let from = endOfPhrase(text.quantities[index - 1], v)
    // "mengumumkan tarif Rp 3.000, lalu naik menjadi Rp 4.000": not who announces.
    guard statementOf[v] < 0 || earlier.actor != statements[Int(statementOf[v])].speaker else { return .none }
    guard before >= Int(scope.start), from < v, v - from < 24, statementOf[before] == statementOf[v],
      firstPhrase(from: from, high: v).isNone
    else { return .none }
    return earlier.actor
  }

  /// `Untuk IMPOR, pada Februari mencapai Rp 2 triliun`, `Khusus untuk GULA tercatat naik 3 persen`: the topic that opens the clause of the verb at `v`, which
  /// says how much or many it is or has, with nothing but a time between; not `Untuk itu dibutuhkan`, `Untuk membangun rumah mencapai`.
  func topicOfPurpose(_ v: Int, _ low: Int) -> TokenSpan {
    guard says(.change, at: v) || says(.report, at: v) || says(.possession, at: v) || has(v, [.adverb, .copula]),
      !text.classes[v].intersects(words.existential)
    else { return .none }
    var k = low
    while k < v, k - low < 4, !has(k, .purpose) {
      guard has(k, [.connective, .adverb, .and, .clause]) || says(.contrast, at: k), !has(k, .entity) else {
        return .none
      }
      k += 1
    }
    guard k < v, has(k, .purpose), !has(k, .entity) else { return .none }
    let topic = nounPhrase(from: k + 1, high: v)
    guard Int(topic.start) == k + 1, !topic.isNone, !has(k + 1, [.pronoun, .demonstrative, .quantity, .date]) else {
      return .none
    }
    return (Int(topic.end)..<v).allSatisfy {
      has($0, [.date, .timePreposition, .adverb, .auxiliary, .comma]) || says(.report, at: $0)
        || has($0, .placePreposition) || text.entityIn[$0] >= 0
    } ? topic : .none
  }

  /// The speaker of the statement that holds the verb at `v`, where its content leaves out who acts and he does; `.none` where he surely does not,
  /// nil where nothing of that is known.
  private func actingSpeaker(_ v: Int, _ index: Int) -> TokenSpan? {
    guard statementOf[v] >= 0 else { return nil }
    let statement = statements[Int(statementOf[v])]
    let start = Int(statement.content.start)
    guard !statement.isQuoted, !has(v, .copula), Int(statement.cue.end) == start,
      statement.speaker.end <= statement.cue.start
    else { return nil }
    var before = beforeVerbPhrase(v, low: start)
    // "Budi mengaku DIJANJIKAN mendapat Rp 3 juta"; not "mengatakan LONGSOR menewaskan".
    while before >= start, isVerb(before), has(v, .active), !has(before, .adjective) {
      before = beforeVerbPhrase(before, low: start)
    }
    guard before >= start else {
      // "Rina memperkirakan dapat menyerap 20 ribu pekerja": who reckons does not do it, but a body does (`Garuda memperkirakan dapat
      // mengangkut 20 ribu penumpang`).
      if says(.estimate, at: Int(statement.cue.start)), !isBody(statement) {
        return TokenSpan.none
      }
      // "Melati mengklaim telah bermitra dengan 20 bank"
      let acts =
        has(v, .active)
        || has(v, [.intransitive, .stative]) && !has(v, .passive) && has(v - 1, .auxiliary) && !says(.change, at: v)
      return acts ? statement.speaker : nil
    }
    guard has(v, .active) else { return nil }
    // "… dan telah melayani 30 pasien": goes on with the same.
    let isSame =
      has(before, .and)
      && figures.last.map { Int($0.anchor) == index - 1 && $0.actor == statement.speaker } == true
    // "Rina memastikan merebut gelar SETELAH menang 3-0", "mengaku tenang karena menyimpan 20 karung", "sepakat akan tinggal di Bogor dan
    // mengambil 3 kamar": goes on as well.
    let goesOn =
      before > start && has(before, [.purpose, .clause, .preposition, .and]) && !has(before, .relative)
      && goesOn(from: start, to: before)
    return isSame || goesOn ? statement.speaker : nil
  }

  /// Whether a body speaks, by its name or with that behind it: `Pengembang itu, PT MELATI, memperkirakan`.
  private func isBody(_ statement: StatementDraft) -> Bool {
    let (start, end) = (Int(statement.speaker.start), Int(statement.cue.start))
    return start >= 0 && start < end && end - start < Self.farthest && !isPerson(start)
      && (start..<end).contains { isNamed($0, .organization) }
  }

  /// Whether what is said from `start` on begins with a predicate, and no other clause begins before `end`.
  private func goesOn(from start: Int, to end: Int) -> Bool {
    var first = start
    while first < end, first - start < 6, has(first, [.auxiliary, .negation, .adverb]), !isVerb(first) { first += 1 }
    guard first < end, end - first < Self.farthest,
      isVerb(first) && !has(first, .copula) || has(first, .adjective) && first > start
    else {
      return false
    }
    return (first + 1..<end).allSatisfy {
      has($0, .entity) || !has($0, [.comma, .hardMark, .quote, .relative, .pronoun, .clause])
    }
  }

  /// Who acts where the words of who says it stand between: `KERUGIAN negara, menurut audit, mencapai Rp 2 triliun`, `Harga itu, kata dia,
  /// naik 5 persen`.
  private func topicBeforeAttribution(_ v: Int) -> TokenSpan {
    guard statementOf[v] >= 0 else { return .none }
    let statement = statements[Int(statementOf[v])]
    let start = Int(statement.content.start)
    guard !statement.isQuoted, statement.cue.end <= statement.content.start, beforeVerbPhrase(v, low: start) < start,
      !text.classes[v].intersects(words.existential)
    else { return .none }
    var comma = Int(statement.cue.start)
    // "Dinas itu, Rina melanjutkan, menargetkan"
    if statement.speaker.end == statement.cue.start { comma = Int(statement.speaker.start) }
    comma -= 1
    let low = Int(sentence(v).start)
    guard comma > low, has(comma, .comma), statementOf[comma - 1] < 0, Int(statement.speaker.end) != comma else {
      return .none
    }
    return subject(acrossComma: comma, low: low, 0)
  }

  /// The actor where the phrase names one: not the adjective of a comparison or relative (`periode yang SAMA sebesar Rp 3 triliun`,
  /// `lebih TINGGI dari`), nor the bare word for a sum (`TOTAL ada lima`).
  func named(_ actor: TokenSpan, _ low: Int) -> TokenSpan {
    let i = Int(actor.start)
    // "TOTAL Rina sudah bermain": how many in all, not whose.
    if actor.count > 1, i + 1 < count, says(.sum, at: i), text.entityAt[i + 1] >= 0,
      text.entities[Int(text.entityAt[i + 1])].label != .location
    {
      return TokenSpan(i + 1, Int(actor.end))
    }
    // "RINA menang setelah dua kali gagal", "untuk pertama kalinya TOKO MELATI dibuka": how often, not who.
    if i >= 0, i < count, text.quantityAt[i] >= 0, countsTimes(text.quantities[Int(text.quantityAt[i])]) {
      let end = text.quantities[Int(text.quantityAt[i])].item.end
      let isNamed = end < actor.end && (has(Int(end), .entity) || actor.end > end + 1)
      return isNamed ? TokenSpan(Int(end), Int(actor.end)) : subject(of: i, low: low)
    }
    // "Melati TOTAL menelan", "Melati KOKOH di puncak": one word behind a name says more of it, and names nobody.
    let last = Int(actor.end) - 1
    if actor.count > 1, text.entityAt[i] >= 0, Int(text.entities[Int(text.entityAt[i])].span.end) == last,
      text.kind[last] == TokenKind.word, !text.isCapitalized(last), !says(.company, at: last)
    {
      return TokenSpan(i, last)
    }
    guard actor.count == 1, i < count, !has(i, [.entity, .pronoun, .quantity]) else { return actor }
    if says(.sum, at: i) || says(.breakdown, at: i) || says(.manner, at: i) || text.classes[i].intersects(words.term) {
      return .none
    }
    guard has(i, .adjective), !text.classes[i].intersects(words.people), i > low, !has(i - 1, .entity) else {
      return actor
    }
    // "tampil gemilang sekaligus mencetak"
    if isVerb(i - 1) { return subject(of: i - 1, low: low) }
    // "Ini PENTING karena", "berupaya KERAS menembus"
    if has(i - 1, [.negation, .pronoun, .auxiliary]) || text.classes[i - 1].intersects(words.degree) { return .none }
    guard has(i - 1, .relative) else { return actor }
    // "Rina yang GEMILANG gagal"
    let noun = nounPhrase(before: i - 1, low: low)
    let before = Int(noun.start) - 1
    let isWhen = preposition(at: before)?.sense.time == true || preposition(at: before - 1)?.sense.time == true
    return isWhen ? .none : noun
  }

  /// Whose deed the actor is, where the active verb at `v` says what is done: `kebijakan PEMERINTAH menghapus`, `aksi MELATI yang menembakkan`; not
  /// `kebijakan pemerintah telah mengurangi`.
  func doer(ofDeed actor: TokenSpan, before v: Int) -> TokenSpan {
    let end = Int(actor.end)
    guard actor.count > 1, v >= end, v - end < 4, has(v, .active), !has(v, .copula),
      says(.complement, at: Int(actor.start)),
      (end..<v).allSatisfy({ has($0, [.relative, .purpose, .adverb]) && !has($0, [.auxiliary, .comma]) }),
      end == v || has(end, [.relative, .purpose])
    else { return actor }
    var k = Int(actor.start) + 1
    while k < end, says(.complement, at: k) || has(k, .adjective), !has(k, .entity), !isOfPeople(k) { k += 1 }
    return k < end && (has(k, .entity) || isOfPeople(k)) ? TokenSpan(k, end) : actor
  }

  /// The subject that stands between its verb and the number at `start`: `diamankan pula SABU sebanyak 30 bungkus`, `terjadi KENAIKAN HARGA
  /// sekitar 5 persen`.
  func subjectBetween(_ v: Int, _ start: Int) -> TokenSpan {
    let isThere = text.classes[v].intersects(words.existential)
    guard isThere || has(v, .passive) && !says(.recipient, at: v) else { return .none }
    var k = verbEnd(v)
    while k < start, has(k, .adverb), !has(k, .amount) { k += 1 }
    // "Di sisinya tertanam LAYAR 4 inci"
    let isAhead = isThere || k > verbEnd(v) || words.isAgentless(v, text) && opensPiece(v)
    guard k < start, isAhead, text.isWord(k), !has(k, [.preposition, .relative, .and, .quantity, .pronoun]) else {
      return .none
    }
    let phrase = nounPhrase(from: k, high: start)
    guard !(Int(phrase.end)..<start).contains(where: { has($0, .copula) && !isVerb($0) }) else { return .none }
    // "ada sebuah rumah, tiga toko"
    guard isThere, !phrase.isNone else { return phrase }
    return !has(k, [.quantity, .pronoun]) && (Int(phrase.end)..<start).allSatisfy { !has($0, [.comma, .and]) }
      ? phrase : .none
  }

  /// Whether nothing stands before the verb at `v` in its sentence or behind its comma.
  private func opensPiece(_ v: Int) -> Bool {
    let low = Int(sentence(v).start)
    let e = beforeVerbPhrase(v, low: low)
    return e < low || has(e, .comma)
  }

  /// The head of the subject in which the number of quantity `index` stands: `TAMBAHAN dua poin membawa`, `ANGGARAN Rp 5 miliar milik dinas
  /// cair`, `FILM dengan biaya Rp 3 miliar meraih`, `PERTEMUAN dengan dua tamu itu selesai`; none where the verb at `v` is told of the counted
  /// things alone (`Keluhan dua warga yang pindah`).
  func measuredNoun(_ index: Int, _ v: Int, _ low: Int) -> TokenSpan {
    let quantity = text.quantities[index]
    let start = Int(quantity.span.start)
    guard start > low, !counts(quantity) || relative(before: v, low: Int(quantity.span.end)) == nil else {
      return .none
    }
    var k = start - 1
    while k > low, has(k, .adverb), !has(k, [.entity, .amount, .preposition]) { k -= 1 }
    var phrase =
      counts(quantity) && !has(start - 2, .comma) && !endsPlaceRelative(start - 1)
      ? headOfPreposition(before: start, low) : .none
    if phrase.isNone {
      guard namesMeasured(k, start) else { return .none }
      let own = nounPhrase(before: k + 1, low: low)
      guard !own.isNone, Int(own.end) == k + 1, !has(Int(own.start), .entity) else { return .none }
      phrase = head(before: k + 1, low)
      // "rumah dengan luas 30 meter"
      let with = Int(phrase.start) - 1
      if with > low, preposition(at: with)?.sense.isWith == true, !has(with - 1, .comma) {
        phrase = nounPhrase(before: with, low: low)
      }
    }
    let first = Int(phrase.start)
    guard !phrase.isNone, !has(first, .entity), !phrase.range.contains(where: { says(.times, at: $0) }) else {
      return .none
    }
    guard
      first - 1 < low
        || has(first - 1, [.comma, .hardMark, .quote, .and, .clause, .connective]) && !has(first - 1, .entity),
      // "sejak menit awal | kedua tim menyerang"
      preposition(at: first - 1)?.sense.relation != .since
    else { return .none }
    let end = endOfPhrase(quantity, count)
    guard has(end, .comma), end + 2 < count else { return phrase }
    // "Juara dunia tiga kali, RINA HARTATI, mengalami", "RINA HARTATI, juara dunia tiga kali, mengalami"
    if let named = person(from: end + 1, before: end + 2), has(Int(named.end), .comma) { return named }
    return first - 2 >= low && has(first - 1, .comma) && isPerson(first - 2)
      ? text.entities[Int(text.entityIn[first - 2])].span : phrase
  }

  /// Whether the word at `k` is a noun of which the number that begins at `start` may say how much there is.
  private func namesMeasured(_ k: Int, _ start: Int) -> Bool {
    if has(k, .entity) { return k == start - 1 }
    return text.kind[k] == TokenKind.word && !isVerb(k) && isNoun(k, first: false) && !endsInClitic(k)
      && at(k).isDisjoint(with: [.adverb, .connective, .title, .honorific, .auxiliary])
  }

  /// Who acts where the number stands in the verb phrase: `KITA sudah | dua kali bertemu`, `Budi mengaku sudah empat kali datang`.
  func subjectBeforeAuxiliary(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    while k >= low, has(k, [.adverb, .auxiliary]), !has(k, [.amount, .entity]), !isVerb(k) { k -= 1 }
    guard (k + 1..<start).contains(where: { has($0, .auxiliary) }) else { return .none }
    guard k < low else {
      guard
        at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .date, .preposition, .quantity]) || has(k, .entity)
      else { return .none }
      let phrase = nounPhrase(before: k + 1, low: low)
      let before = Int(phrase.start) - 1
      // "ratusan orang bahkan bisa ribuan", "kalau tidak salah baru lima kali"
      return phrase.isNone || before >= low && has(before, [.preposition, .quantity, .negation]) ? .none : phrase
    }
    guard statementOf[start] >= 0 else { return .none }
    let statement = statements[Int(statementOf[start])]
    return !statement.isQuoted && Int(statement.content.start) == k + 1 && statement.cue.end == statement.content.start
      && statement.speaker.end <= statement.cue.start ? statement.speaker : .none
  }

  /// The noun phrase to which a preposition ties the number that begins at `start`: `PEMBAHASAN di | tujuh daerah selesai`; not the
  /// thing that another number counts (`35 keluarga dengan 95 jiwa`).
  func headOfPreposition(before start: Int, _ low: Int) -> TokenSpan {
    guard start - 1 > low, has(start - 1, .preposition), !has(start - 1, [.adverb, .amount, .determiner, .clause]),
      !endsPlaceRelative(start - 1)
    else { return .none }
    // "DI ANTARA dua tim"
    let isLong = start - 2 > low && preposition(at: start - 2)?.end == start
    let phrase = head(before: isLong ? start - 2 : start - 1, low)
    guard !phrase.isNone, phrase.start == low || !has(Int(phrase.start) - 1, .quantity) else { return .none }
    return phrase
  }

  /// `kerugian sebesar Rp 1 miliar`: the noun before the amount word.
  func amountNoun(_ start: Int, _ low: Int, _ index: Int) -> TokenSpan {
    var k = start - 1
    var found = false
    while k >= low, has(k, [.adverb, .amount]) {
      found = found || has(k, .amount)
      k -= 1
    }
    // "150 orang, DI MANA sebanyak 30 pekerja sudah pindah"
    guard found, k >= low, !endsPlaceRelative(k) else { return .none }
    // "Akibat penutupan bandara, sebanyak 27 penerbangan batal": behind a comma what is counted is the subject.
    if has(k, .comma), !has(k, .entity), counts(text.quantities[index]) { return .none }
    let end = beforeMeasure(k, index) + 1
    let phrase = head(before: end, low)
    return phrase.isNone ? frontedNoun(before: end, low, text.quantities[index]) : phrase
  }

  /// The noun phrase that ends before `end`; of one that a preposition ties to another, that one: `perbaikan jalan | di Bogor`,
  /// `sumbangan pertanian | terhadap ekonomi`; `rumah dengan luas` is of its own.
  func head(before end: Int, _ low: Int) -> TokenSpan {
    var phrase = nounPhrase(before: end, low: low)
    guard !phrase.isNone else { return phrase }
    let thing = ownedThing(before: Int(phrase.start), low: low)
    if isPerson(Int(phrase.start)), !thing.isNone { phrase.start = thing.start }
    for at in [Int(phrase.start) - 1, Int(phrase.start) - 2] where at >= low && has(at, .preposition) {
      guard let found = preposition(at: at), found.end == Int(phrase.start), !has(at, [.determiner, .amount]) else {
        continue
      }
      // "tiket masuk per orang Rp 5.000": of the ticket.
      let joinsClauses =
        has(at, .clause) && !has(at, .purpose)
        || found.sense.time && !found.sense.place && found.sense.relation != .at
      guard !joinsClauses, !found.sense.isTo || found.sense.place else { return phrase }
      let head = at > low ? nounPhrase(before: at, low: low) : .none
      return head.isNone && found.sense.isBy ? phrase : head
    }
    return phrase
  }

  /// The noun that has an amount in a phrase that opens the clause, so that no noun stands before its preposition: `Dari JUMLAH PENERIMA | 30 juta`,
  /// `Untuk RUTE | 12 km`; not `Pada babak | 16 besar`, `Di Bogor | Rp 3 juta`.
  private func frontedNoun(before end: Int, _ low: Int, _ quantity: Quantity) -> TokenSpan {
    let noun = nounPhrase(before: end, low: low)
    let first = Int(noun.start)
    guard !noun.isNone, Int(noun.end) == end, first > low, has(first - 1, .preposition), !has(first, .entity),
      quantity.kind != .count || says(.sum, at: first)
    else { return .none }
    for at in [first - 1, first - 2] where at >= low {
      guard let found = preposition(at: at), found.end == first, !found.sense.isManner else { continue }
      return at == low || has(at - 1, [.comma, .connective, .hardMark]) ? noun : .none
    }
    return .none
  }

  /// The common noun that stands directly before the name that begins at `i`, where it is no title or word for people: `NILAI TRANSFER Rudi
  /// sebesar`.
  private func ownedThing(before i: Int, low: Int) -> TokenSpan {
    let k = i - 1
    guard k >= low, text.kind[k] == TokenKind.word, !text.isCapitalized(k), at(k).isEmpty,
      !text.classes[k].intersects(words.people), !endsInClitic(k)
    else { return .none }
    let thing = nounPhrase(before: i, low: low)
    return isTitled(Int(thing.start), Int(thing.end)) || has(Int(thing.start), .entity)
      || thing.range.contains(where: { text.classes[$0].intersects(words.people) }) ? .none : thing
  }

  /// The noun that a figure without a verb is of: `harga tiket Rp 30 ribu`, `PT X (12,5 persen)`, `yakni 20 persen`.
  func nominal(_ start: Int, _ low: Int, _ index: Int) -> TokenSpan {
    if isPartOfPhrase(start, low, text.quantities[index]) { return .none }
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .copula) { k -= 1 }
    // "SYARAT minimal dukungan di Bogor ADALAH 20 kursi": what is said to be so much; "tiga kota, yaitu" is an apposition.
    if k - 1 > low, has(k, .copula), !isVerb(k), !has(k - 1, .comma), !(low..<k).contains(where: { has($0, .quantity) })
    {
      let subject = subject(inClauseBefore: k - 1, low: low, 0)
      if !subject.isNone, Int(subject.end) <= k { return subject }
    }
    k = start - 1
    while k >= low,
      has(k, [.adverb, .amount, .copula, .comma, .preposition, .auxiliary, .date])
        || has(k, .negation) && has(k + 1, .adverb)
        || has(k, .adjective) && k > low && says(.superlative, at: k - 1)
        || text.kind[k] == TokenKind.openParen
        || text.kind[k] == TokenKind.colon || (has(k, .relative) && isVerbless(from: k + 1, to: start))
    {
      k -= 1
    }
    guard k >= low, !has(k, [.hardMark, .quote]) || k < start - 1 && bracketsWords(k, low), !endsPlaceRelative(k)
    else { return .none }
    k = beforeMeasure(k, index)
    // "di LAHAN RINA yang seluas": the relative is of the noun before it, whatever governs that.
    let own = has(k + 1, .relative) ? nounPhrase(before: k + 1, low: low) : .none
    var phrase = own.isNone || has(Int(own.start), .entity) ? head(before: k + 1, low) : own
    if phrase.isNone, (k + 1..<start).allSatisfy({ !has($0, .comma) }) {
      phrase = frontedNoun(before: k + 1, low, text.quantities[index])
    }
    if isOfOtherMember(phrase, start, low, text.quantities[index]) { return .none }
    // "59 kapal Vietnam, 22 kapal Filipina": what the number before counts is another member of the list.
    guard index > 0, !phrase.isNone, !text.quantities[index - 1].item.isNone,
      text.quantities[index - 1].item.range.contains(Int(phrase.start))
        || text.quantities[index - 1].classifier.range.contains(Int(phrase.start))
    else { return phrase }
    return .none
  }

  /// Whether a comma sets what is counted apart from the phrase before it, of which it is then no amount: `harimau, KUCING HUTAN, 310 spesies
  /// burung`; not `1. Rina Hartati, 12 poin`.
  private func isOfOtherMember(_ phrase: TokenSpan, _ start: Int, _ low: Int, _ quantity: Quantity) -> Bool {
    guard quantity.kind == .count, !phrase.isNone, Int(phrase.end) < start, has(Int(phrase.end), .comma),
      !has(start - 1, .demonstrative)
    else { return false }
    let first = Int(phrase.start)
    return text.entityAt[first] < 0 || text.entities[Int(text.entityAt[first])].span != phrase
      || first > low && text.sentenceOf[first - 1] == text.sentenceOf[first] && has(first - 1, [.comma, .and])
  }

  /// Whether the counted things are part of a phrase whose head is something else: `daftar SEPULUH pantai terindah`, `jalan-jalan di
  /// TIGA tempat`; not behind a name (`Bogor 10 kasus baru`) nor where the number says how much of the noun there is (`tim 35 orang`).
  private func isPartOfPhrase(_ start: Int, _ low: Int, _ quantity: Quantity) -> Bool {
    guard counts(quantity), start > low else { return false }
    let p = start - 1
    if has(p, .preposition), !has(p, [.adverb, .amount, .determiner, .copula, .clause]) { return true }
    guard text.kind[p] == TokenKind.word, !text.isCapitalized(p) || p == low,
      !endsInClitic(p) || p > low && has(p - 1, .preposition),
      at(p).isDisjoint(with: [
        .entity, .date, .quantity, .adverb, .amount, .copula, .comma, .hardMark, .and, .auxiliary, .relative, .pronoun,
      ])
    else { return false }
    let end = endOfPhrase(quantity, count)
    return quantity.item.count > 1
      || !has(end, [.comma, .hardMark, .quote, .and, .amount, .quantity]) && text.sentenceOf[end] == text.sentenceOf[p]
  }

  /// Whether a bracket without a number closes at `k`: `Toleransi kesalahan (margin of error) 2 persen`.
  private func bracketsWords(_ k: Int, _ low: Int) -> Bool {
    guard let open = openParen(closedAt: k, low: low) else { return false }
    return (open..<k).allSatisfy { text.quantityIn[$0] < 0 }
  }

  /// The token before the measure that ends with token `k`: `Kontainer 20 kaki 138 dolar`, `Mobil 7 unit senilai Rp 3 miliar`.
  private func beforeMeasure(_ k: Int, _ index: Int) -> Int {
    guard index > 0 else { return k }
    let before = text.quantities[index - 1]
    guard before.kind == .measure || !before.classifier.isNone || before.item.isNone, endsQuantity(k, index - 1),
      before.item.isNone || before.item == before.classifier, before.span.start > 0
    else { return k }
    let noun = Int(before.span.start) - 1
    return text.isWord(noun) && text.sentenceOf[noun] == text.sentenceOf[k] && !isVerb(noun)
      && at(noun).isDisjoint(with: [.preposition, .clause, .adverb, .amount, .and]) ? noun : k
  }
}
