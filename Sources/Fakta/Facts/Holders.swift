/// Who holds a title: the roles that rules have found, before statements ask for them.
///
///     kata Menteri Sosial Turki Rudi Hartawan       the person behind the title that begins there
///     Menhub Rina Hartati tiba. … kata Menhub       the person who has the title in the sentences before
extension FactContext {
  /// A role: whom a title alone stands for later, where nobody else has it.
  struct Holder: Sendable {
    var title: TokenSpan
    var affiliation: TokenSpan
    var person: TokenSpan
    var isFormer: Bool
  }

  /// Roles that are compared with a title, at most.
  static let reachOfTitles = 64

  /// Lists the roles by where their title begins, and the persons whose title and body stand before them.
  func listHolders() {
    holders.removeAll(keepingCapacity: true)
    titles.removeAll(keepingCapacity: true)
    let (matches, tables, spans) = (matcher.matches, matcher.tables, matcher.slotSpans)
    for match in matches where match.lostTo < 0 && tables.factKind(Int(match.rule)) == .role {
      var role = Holder(title: .none, affiliation: .none, person: .none, isFormer: match.isFormer)
      for (i, name) in tables.rules.slots[Int(match.rule)].enumerated() {
        let span = spans[Int(match.slots) + i]
        switch name {
        case .title: role.title = span
        case .affiliation: role.affiliation = span
        case .person: role.person = span
        default: break
        }
      }
      guard !role.person.isNone else { continue }
      if !role.title.isNone { titles.append(role) }
      if role.person.start > match.span.start, role.person.end == match.span.end {
        holders.append((match.span.start, role.person))
      }
    }
    holders.sort { ($0.start, $0.person.start) < ($1.start, $1.person.start) }
    if titles.count > 1 { titles.sort { ($0.title.start, $0.person.start) < ($1.title.start, $1.person.start) } }
  }

  /// The person whose title begins at `i`, before `high`.
  func holder(at i: Int, high: Int) -> TokenSpan? {
    var (from, to) = (0, holders.count)
    while from < to {
      let middle = (from + to) / 2
      if Int(holders[middle].start) < i { from = middle + 1 } else { to = middle }
    }
    guard from < holders.count, Int(holders[from].start) == i, Int(holders[from].person.end) <= high else { return nil }
    return holders[from].person
  }

  /// The person for whom a title without a name stands, `kata MENHUB`, `BUPATI BOGOR menilai`: who was named with it before; nil where two
  /// persons were, or where the words go on (`kata MENTERI yang hadir`).
  func holder(ofTitle span: TokenSpan) -> TokenSpan? {
    guard !titles.isEmpty, !span.isNone else { return nil }
    let (start, end) = (Int(span.start), Int(span.end))
    guard text.entityIn[start] < 0, has(start, .title),
      span.count > 1 || !text.classes[start].intersects(words.unnamed),
      start == 0 || !has(start - 1, [.determiner, .quantity]) && !text.classes[start - 1].intersects(words.former)
        || says(.definite, at: start - 1),
      end >= count
        || !has(end, [.relative, .entity]) && (!has(end, .and) || has(end, .adverb))
          && preposition(at: end)?.sense.isFrom != true
    else { return nil }
    var found: Holder?
    let short = shortForm(of: span)
    let behind = firstTitle(from: start)
    for role in titles[max(0, behind - Self.reachOfTitles)..<behind].reversed() {
      guard role.title.end <= span.start, role.person.end <= span.start, !role.isFormer, names(span, short, role) else {
        continue
      }
      if let found, !isSame(found.person, role.person) { return nil }
      found = found ?? role
    }
    guard let found, !deniesRole(found.title, of: found.person) else { return nil }
    return found.person
  }

  /// The number of the first role whose title begins at `i` or later.
  func firstTitle(from i: Int) -> Int {
    var (low, high) = (0, titles.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(titles[middle].title.start) < i { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether the words of `span` are the title, its short or long form, what stands behind it in brackets, or the title with the body or place.
  ///
  /// - Parameter short: The abbreviation of `span`, where the lists have one.
  private func names(_ span: TokenSpan, _ short: UnsafeBufferPointer<UInt8>?, _ role: Holder) -> Bool {
    if isSaid(span, as: role.title) { return true }
    // `Menteri Perhubungan`, `Menhub`
    if let short, span.count != role.title.count, let own = shortForm(of: role.title), short.elementsEqual(own) {
      // `Kepala Negara` is no president of a club.
      return !says(.state, at: Int(span.start)) || role.affiliation.isNone || isPlace(role.affiliation)
    }
    let open = Int(role.title.end)
    if open < count, text.kind[open] == TokenKind.openParen, open + 1 + span.count < count,
      text.kind[open + 1 + span.count] == TokenKind.closeParen,
      isSaid(span, as: TokenSpan(open + 1, open + 1 + span.count))
    {
      return true
    }
    guard !role.affiliation.isNone, span.count == role.title.count + role.affiliation.count else { return false }
    let middle = Int(span.start) + role.title.count
    return isSaid(TokenSpan(Int(span.start), middle), as: role.title)
      && isSaid(TokenSpan(middle, Int(span.end)), as: role.affiliation)
  }

  /// What the lists say of the office that a span is: its abbreviation.
  private func shortForm(of span: TokenSpan) -> UnsafeBufferPointer<UInt8>? {
    guard let match = longestMatch(at: Int(span.start), of: words.office), match.end == span.end else { return nil }
    var found: UnsafeBufferPointer<UInt8>?
    words.lexicon.forEachListing(at: match.state) { listing in
      let cell = words.shortTitle.bytes(listing.entry, in: words.lexicon)
      if !cell.isEmpty { found = cell }
      return found == nil
    }
    return found
  }

  /// Whether two spans have the same words, small or capital.
  private func isSaid(_ one: TokenSpan, as other: TokenSpan) -> Bool {
    guard one.count == other.count else { return false }
    for k in 0..<one.count where text.hash[Int(one.start) + k] != text.hash[Int(other.start) + k] { return false }
    return true
  }

  /// Whether two spans name one person.
  private func isSame(_ one: TokenSpan, _ other: TokenSpan) -> Bool {
    let (a, b) = (text.entityAt[Int(one.start)], text.entityAt[Int(other.start)])
    return a >= 0 && b >= 0 && text.entities[Int(a)].number == text.entities[Int(b)].number
  }
}
