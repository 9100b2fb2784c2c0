/// Durations and distances in time: a number and a unit.
extension TimeGrammar {
  /// The unit at `i`, also where a longer phrase begins with it ("hari terakhir").
  func unit(_ i: Int) -> Hit {
    let hit = next(i)
    guard hit.index != 0, !roles(hit).contains(.unit) || hit.end > i + 1, hit.end != i + 1 else { return hit }
    if !roles(hit).isDisjoint(with: [.unit, .notDate]), !word(hit).isCountable { return hit }
    let single = single(i)
    return vocabulary.words[single].roles.contains(.unit) ? Hit(index: single, end: i + 1) : hit
  }

  /// What begins with a number: `tiga hari lalu`, `2 jam 30 menit`, `dua kali seminggu`, `lima tahun sekali`.
  func amountStart(_ i: Int) -> TimeReading? {
    if isGluedBefore(i) { return nil }
    guard let first = amount(i) else { return nil }
    let hit = unit(first.end)
    let word = word(hit)
    if word.roles.contains(.times), !first.amount.isVague, !first.amount.isRange, let times = first.amount.integer {
      return frequency(i, times, hit.end)
    }
    if first.amount.isVague, word.roles.contains(.instant) { return vagueInstant(i, hit.end) }
    guard word.roles.contains(.unit), word.amount == 0, !word.isSetOnly, !word.isShort || first.isDigits else {
      return nil
    }
    if word.isShort, word.roles.contains(.hijri), tokens.isCapitalized(hit.end - 1) { return nil }
    if word.isApart, tokens.attached(hit.end - 1) { return nil }
    // "Nomor 13 Tahun 2003"
    if word.unit == .year, word.unitSize == 1, year(hit.end) != nil { return nil }
    if first.isDigits, isNumberOfName(i, hit.end) { return nil }
    // "dua Minggu" is a week, "2 Minggu" too; a number before any other weekday is none.
    return amountTail(i, hit.end, first: first.amount, word)
  }

  /// Whether the digits at `i` close the name before them and count no unit: `Liga 1 | pekan ke-7`, `Melati 3310 | tahun lalu`.
  private func isNumberOfName(_ i: Int, _ end: Int) -> Bool {
    guard i > 0, tokens.gap[i] < TokenGap.line, tokens.isWord(i - 1), tokens.isCapitalized(i - 1) else { return false }
    if word(next(end)).numeral == .to { return true }
    // Nobody counts years ago to the last digit.
    guard let value = number(i, digits: 4...4) else { return false }
    return value % 100 != 0 && !word(next(end)).shifts.isDisjoint(with: [.past, .this, .next])
  }

  /// `dua kali seminggu`, `tiga kali dalam sehari`.
  func frequency(_ i: Int, _ times: Int, _ at: Int) -> TimeReading? {
    var at = at
    if roles(next(at)).contains(.within) { at = next(at).end }
    let hit = next(at)
    let word = word(hit)
    guard word.roles.contains(.unit), word.amount == 1 else { return nil }
    var reading = setReading(TokenSpan(i, hit.end), word.unit, .whole(1), size: Int(word.unitSize))
    reading.freq = Int16(clamping: times)
    return reading
  }

  /// `sekali sebulan`, `sekali dalam setahun`.
  func once(_ i: Int, _ hit: Hit) -> TimeReading? { frequency(i, 1, hit.end) }

  /// `beberapa waktu lalu`.
  func vagueInstant(_ i: Int, _ at: Int) -> TimeReading? {
    let hit = next(at)
    let shifts = word(hit).shifts
    guard hit.index != 0, !shifts.isDisjoint(with: [.ago, .ahead]) else { return nil }
    var reading = TimeReading()
    reading.base = .reference
    reading.reference = shifts.contains(.ago) ? 1 : 2
    reading.span = TokenSpan(i, hit.end)
    return reading
  }

  /// The rest of a span of time, behind its first unit, which ends at `at`.
  func amountTail(_ i: Int, _ end: Int, first: TimeAmount, _ unit: CalendarWord) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .duration
    reading.amounts.0 = first
    reading.units.0 = unit.unit
    reading.sizes.0 = Int16(unit.unitSize)
    reading.pieces = 1
    var at = morePieces(end, unit, into: &reading)
    let shift = next(at)
    let word = word(shift)
    if shift.index != 0 {
      if word.roles.contains(.once) {
        return setReading(TokenSpan(i, shift.end), unit.unit, first, size: Int(unit.unitSize))
      }
      if let distance = distance(i, shift, word.shifts, reading, unit) { return distance }
      if !word.shifts.isDisjoint(with: [.last, .coming]) {
        reading.shift = word.shifts.contains(.last) ? .last : .coming
        at = shift.end
      } else if word.shifts.contains(.this), unit.amount >= 0 {
        // "dalam 3 bulan ini", but "Cinema 21 tahun ini"
        if before(i, [.preposition, .within]) != nil || !tokens.isNumber(i) {
          at = shift.end
        } else if !unit.unit.isClock {
          return nil
        }
      } else if word.shifts.contains(.first) {
        at = shift.end
      }
    }
    if reading.shift == [], isAge(i, at, unit) { return nil }
    reading.span = TokenSpan(i, at)
    return reading
  }

  /// Smaller units behind the first: `2 jam 30 menit`, `dua tahun dan enam bulan`.
  func morePieces(_ end: Int, _ unit: CalendarWord, into reading: inout TimeReading) -> Int {
    var at = end
    var last = unit.unit
    while reading.pieces < 3, !reading.amounts.0.isVague, !reading.amounts.0.isRange {
      var i = at
      let joint = next(i)
      if roles(joint).contains(.and) { i = joint.end }
      guard goesOn(i), let amount = amount(i), !amount.amount.isVague, !amount.amount.isRange else { break }
      let hit = self.unit(amount.end)
      let word = word(hit)
      guard word.roles.contains(.unit), word.amount == 0, !word.isSetOnly, !word.isShort || amount.isDigits,
        Self.isSmaller(word.unit, last)
      else { break }
      if reading.pieces == 1 {
        reading.amounts.1 = amount.amount
        reading.units.1 = word.unit
        reading.sizes.1 = Int16(word.unitSize)
      } else {
        reading.amounts.2 = amount.amount
        reading.units.2 = word.unit
        reading.sizes.2 = Int16(word.unitSize)
      }
      reading.pieces += 1
      last = word.unit
      at = hit.end
    }
    return at
  }

  static func isSmaller(_ a: TimeUnit, _ b: TimeUnit) -> Bool {
    func order(_ unit: TimeUnit) -> Int {
      switch unit {
      case .year: 7
      case .month: 6
      case .week: 5
      case .day: 4
      case .hour: 3
      case .minute: 2
      default: 1
      }
    }
    return order(a) < order(b)
  }

  /// `tiga hari lalu`, `dua pekan lagi`, `sebulan kemudian`, `sehari sebelumnya`: a date, so far from another.
  func distance(_ i: Int, _ shift: Hit, _ shifts: TimeShift, _ span: TimeReading, _ unit: CalendarWord)
    -> TimeReading?
  {
    var reading = TimeReading()
    let sign: Int
    if shifts.contains(.ago) {
      sign = -1
    } else if shifts.contains(.ahead) {
      sign = 1
    } else if !shifts.isDisjoint(with: [.later, .after]) {
      sign = 1
      reading.isFocus = true
    } else if shifts.contains(.earlier) {
      sign = -1
      reading.isFocus = true
    } else {
      return nil
    }
    reading.span = TokenSpan(i, shift.end)
    reading.unit = unit.unit
    reading.base = .offset
    reading.isVague = span.amounts.0.isVague
    guard !unit.unit.isClock, !reading.isVague, let n = span.amounts.0.integer, n < 100_000 else {
      reading.base = .reference
      reading.reference = sign < 0 ? 1 : 2
      return reading
    }
    let size = Int(unit.unitSize)
    reading.offset = Int32(clamping: sign * n * size)
    if span.amounts.0.isRange {
      reading.isRange = true
      reading.endOffset = Int32(clamping: sign * Int(span.amounts.0.high) * size)
    }
    return reading
  }

  /// Whether a number of years is an age: `berusia 25 tahun`, `bocah 7 tahun`, `Siti Aminah, 52 tahun,`, `Siti (7 bulan)`.
  func isAge(_ i: Int, _ end: Int, _ unit: CalendarWord) -> Bool {
    guard unit.unitSize == 1, unit.amount == 0 else { return false }
    let first = rangeStart(i)
    // "berusia sekitar 25 tahun", "usia hampir 30 tahun", "berumur hingga 50 tahun"
    let at = first > 0 && vocabulary.words[single(first - 1)].roles.isDisjoint(with: [.mod, .to]) ? first : first - 1
    if let word = before(first, .age) ?? before(max(at, 0), .age) {
      return unit.unit == .year || unit.unit == .month || self.word(word).agesAll
    }
    guard unit.unit == .year || unit.unit == .month else { return false }
    if at > 1, tokens.kind[at - 1] == TokenKind.comma, before(at - 1, .age) != nil { return true }
    // "Siti Aminah (7 bulan)"
    if at > 1, tokens.kind[at - 1] == TokenKind.openParen, tokens.attached(at), tokens.isWord(at - 2),
      tokens.isCapitalized(at - 2), kind(end) == TokenKind.closeParen
    {
      return true
    }
    guard unit.unit == .year else { return false }
    // "Hartawan, 29 tahun, ..." opens a sentence, "Kemudian, dua tahun, ..." is no name.
    if at > 1, tokens.kind[at - 1] == TokenKind.comma, tokens.isWord(at - 2), tokens.isCapitalized(at - 2),
      !startsSentence(at - 2) || tokens.isNumber(i) && vocabulary.words[single(at - 2)].roles.isEmpty,
      kind(end) == TokenKind.comma || kind(end) == TokenKind.closeParen
    {
      return true
    }
    return false
  }

  /// Where the range begins whose second number is at `i`: at 13 in `13 hingga 24`, `empat` in `empat atau lima`, 6 in `6 tahun hingga 9 tahun`.
  private func rangeStart(_ i: Int) -> Int {
    guard i > 1, tokens.gap[i] < TokenGap.line else { return i }
    let mark = tokens.kind[i - 1]
    var at = i - 1
    if mark != TokenKind.hyphen, mark != TokenKind.dash {
      guard before(i, [.to, .and]) != nil else { return i }
      // The joint may be a phrase: "sampai dengan".
      while at > 0, hit(at).end != i || roles(hit(at)).isDisjoint(with: [.to, .and]) { at -= 1 }
    }
    if at > 0, tokens.isNumber(at - 1) { return at - 1 }
    // "11 tahun hingga 15 tahun"
    if at > 1, tokens.isNumber(at - 2), tokens.gap[at] <= TokenGap.line, vocabulary.words[single(at - 1)].unit == .year
    {
      return at - 2
    }
    var first = at
    while first > 0, i - first < 6, vocabulary.words[single(first - 1)].roles.contains(.numeral),
      tokens.gap[first] <= TokenGap.line
    { first -= 1 }
    return first < at ? first : i
  }
}
