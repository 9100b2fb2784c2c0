/// Roles that rules have found and the clause around them, or the text before, denies.
extension FactContext {
  /// Whether the title is not that of the person behind it.
  func deniesRole(_ title: TokenSpan, of person: TokenSpan) -> Bool {
    partsTitle(title, from: person) || partsPerson(person, from: title) || isServed(person, by: title)
      || title.count == 1 && title.end == person.start && says(.part, at: Int(title.start))
      || isUnheld(title, by: person) || isOfSeveral(title, before: person)
  }

  /// Whether the title is that of several, of whom the one behind the comma is none: `di hadapan PARA PEGAWAI Melati, RINA memuji`; not `dengan para
  /// pemain, Rina dan Sari`.
  private func isOfSeveral(_ title: TokenSpan, before person: TokenSpan) -> Bool {
    let (start, name) = (Int(title.start), Int(person.start))
    guard start > 1, title.end < person.start, has(name - 1, .comma), has(start - 1, .determiner),
      text.classes[start - 1].intersects(words.several), has(start - 2, .preposition)
    else { return false }
    return !has(Int(person.end), [.comma, .and])
  }

  /// Whether the words between a name and a title say that somebody wants the office, runs for it or is only called so: `Rina MENDAFTAR sebagai
  /// calon bupati`; not what is said of one that is held: `Rina menolak MUNDUR sebagai ketua`, `dituduh menerima suap SELAMA menjadi bupati`.
  private func isUnheld(_ title: TokenSpan, by person: TokenSpan) -> Bool {
    guard person.end < title.start,
      let word = (Int(person.end)..<Int(title.start)).last(where: { says(.unheld, at: $0) })
    else { return false }
    return !(word + 1..<Int(title.start)).contains {
      says(.holding, at: $0) || has($0, .clause) && has($0, .timePreposition)
    }
  }

  /// Tokens between the beginning of a clause and a name, at most.
  private static let reachOfOpening = 24

  /// Whether the comma between a name and a title closes what opens the clause, behind which the title acts: `Dari tangan Rudi, PENYIDIK
  /// menyita sabu`, `Menurut Rina, GURU harus sabar`; not `Pasalnya, Rina, guru SMA Bogor, mengajar` and not `Saat Rina, guru SMA Bogor, tiba`.
  private func partsPerson(_ person: TokenSpan, from title: TokenSpan) -> Bool {
    let (name, start) = (Int(person.start), Int(title.start))
    guard person.end < title.start, start - Int(person.end) < 4, has(start - 1, .comma), !has(start - 1, .entity),
      actsBehind(title)
    else { return false }
    let sentence = Int(sentence(name).start)
    var low = name
    while low > sentence, name - low < Self.reachOfOpening,
      !has(low - 1, [.comma, .quote, .hardMark]) || has(low - 1, .entity)
    { low -= 1 }
    guard sentence >= 0, low < name, name - low < Self.reachOfOpening else { return false }
    // "kata Rina, guru harus sabar"
    if let said = cue(at: low) { return said.end == name && (said.cue.form == .noun || said.cue.form == .according) }
    if has(low, .clause), preposition(at: low) == nil {
      return name - low > 1 && !has(name - 1, [.title, .honorific, .clause])
    }
    return has(low, .preposition) || isVerb(low)
  }

  /// Whether a verb says what the holder of a title does, right behind it and its body.
  private func actsBehind(_ title: TokenSpan) -> Bool {
    var e = Int(title.end)
    while e < count, text.entityAt[e] >= 0 { e = Int(text.entities[Int(text.entityAt[e])].span.end) }
    let v = verbBehind(e - 1)
    return isVerb(v) && !says(.attributive, at: v)
  }

  /// Names before an attendant's among which those of the same person are looked for.
  private static let reachOfMentions = 256

  /// Whether the title of an attendant stands directly before whom he serves: somebody named before, and not under such a title
  /// (`Rudi ditahan. PENGACARA RUDI membantah`).
  private func isServed(_ person: TokenSpan, by title: TokenSpan) -> Bool {
    guard title.end == person.start, says(.attendant, at: Int(title.start)), text.entityAt[Int(person.start)] >= 0
    else { return false }
    let own = Int(text.entityAt[Int(person.start)])
    let number = text.entities[own].number
    guard let i = (max(0, own - Self.reachOfMentions)..<own).first(where: { text.entities[$0].number == number }) else {
      return false
    }
    let first = text.entities[i].span
    let behind = firstTitle(from: Int(title.start))
    return !titles[max(0, behind - Self.reachOfTitles)..<min(titles.count, behind + Self.reachOfTitles)].contains {
      role in
      says(.attendant, at: Int(role.title.start)) && (role.title.end != role.person.start || role.person == first)
        && text.entityAt[Int(role.person.start)] >= 0
        && text.entities[Int(text.entityAt[Int(role.person.start)])].number == number
    }
  }

  /// Whether the comma between a title and a name ends a phrase or clause that opens the sentence, behind which the name acts: `Soal pemain,
  /// RINA mengaku`, `Kepada polisi, RUDI membantah`, `Setelah melewati bek Melati, RUDI menembak`; not `Menurut pelatih Persib, Rudi, …`
  /// and not where the title is that of whoever acts (`Sebelum menjadi gubernur, Rina mengajar`).
  func partsTitle(_ title: TokenSpan, from person: TokenSpan) -> Bool {
    let (start, behind) = (Int(title.start), Int(person.end))
    let low = Int(sentence(start).start)
    guard title.end < person.start, low >= 0, low < start, start - low < 16,
      (Int(title.end)..<Int(person.start)).contains(where: { has($0, .comma) && !has($0, .entity) }),
      has(behind, [.auxiliary, .negation, .speech]) || isVerb(verbBehind(behind - 1))
    else { return false }
    var e = start - 1
    while e > low, has(e, [.determiner, .adverb]), !has(e, .entity) { e -= 1 }
    let isOwn =
      has(e, .copula) || preposition(at: e)?.sense.isLike == true
      || longestMatch(at: e, of: words.officeLink) != nil
    let front = low..<e
    let namesOther = front.contains { text.entityIn[$0] >= 0 || has($0, .thirdPerson) }
    if isOwn, !namesOther { return false }
    guard !(low..<start).contains(where: { has($0, [.comma, .quote, .hardMark]) && !has($0, .entity) }) else {
      return false
    }
    if let found = preposition(at: low) {
      if found.sense.isAbout { return true }
      if found.sense.isTo, found.sense.actor { return found.end == e + 1 }
      if has(low, .clause) { return isOwn || front.contains { isVerb($0) && has($0, .active) } || has(e, .active) }
      return !found.sense.place && !found.sense.time && !found.sense.actor && !found.sense.isLike
    }
    // "Namun kabar menyebut adik Rina, Sari, sakit": no clause before another one.
    return has(low, .clause) && !says(.contrast, at: low)
      && (isOwn || (low...e).contains { isVerb($0) && has($0, .active) })
  }
}
