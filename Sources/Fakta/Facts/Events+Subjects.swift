/// Subjects of events that the words right before the verb do not name.
extension FactContext {
  /// Who does it where `phrase` is one adjective that says how, or is a predicate of its own: `RINA dengan cepat menemui`, `MELATI semakin gencar
  /// menjual`, `RINA, pelatih Persib, gembira dengan hasil`; the phrase itself where it is not.
  func mannered(_ phrase: TokenSpan, _ low: Int) -> TokenSpan {
    let i = Int(phrase.start)
    let isManner = says(.manner, at: i)
    guard phrase.count == 1, i > low, isManner || has(i, .adjective), !has(i + 1, [.relative, .demonstrative]),
      !has(i, [.entity, .pronoun, .quantity, .date]),
      !text.classes[i].intersects(words.people)
    else { return phrase }
    let before = i - 1
    if let found = preposition(at: before), found.end == i {
      return found.sense.isWith && !found.sense.place ? subject(of: before, low: low) : phrase
    }
    guard
      isManner || has(before, [.auxiliary, .negation, .comma, .date, .entity, .demonstrative])
        || text.classes[before].intersects(words.degree)
    else { return phrase }
    return subject(of: i, low: low)
  }

  /// What is held in the place that `phrase` names before the relative of the passive at `v`: `LOMBA di Bogor yang digelar`; nothing where no noun
  /// stands before it (`tampil di Bogor yang digelar`), the phrase itself where it names no place.
  func heldAt(_ phrase: TokenSpan, _ v: Int, _ low: Int) -> TokenSpan {
    let start = Int(phrase.start)
    guard isPlace(phrase), has(v, .passive), says(.held, at: v), let mark = relative(before: v, low: low),
      start - 1 > low,
      start < mark, has(start - 1, .preposition)
    else { return phrase }
    let noun = nounPhrase(before: start - 1, low: low)
    return Int(noun.end) == start - 1 ? noun : .none
  }

  /// The phrase with the noun for what is left of a person right before it: `JENAZAH RINA dimakamkan`.
  func whole(_ phrase: TokenSpan, _ low: Int) -> TokenSpan {
    let before = Int(phrase.start) - 1
    return before >= low && isPerson(phrase) && says(.part, at: before) ? TokenSpan(before, Int(phrase.end)) : phrase
  }
}
