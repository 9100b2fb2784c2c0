/// Durations, distances in time and recurring times.
extension TimeGrammar {
  // MARK: Numbers

  /// A whole number in words at `i`: `tiga`, `dua puluh lima`, `sebelas`.
  func spelled(_ i: Int) -> (value: Int, end: Int)? {
    var at = i
    var total = 0
    var group = 0
    var digit = 0
    var found = false
    while at < i + 10 {
      let hit = at == i ? hit(at) : next(at)
      let word = word(hit)
      guard word.roles.contains(.numeral), hit.end == at + 1 || word.numeral != .none else { break }
      switch word.numeral {
      case .digit:
        guard digit == 0 else { return found ? (total + group + digit, at) : nil }
        digit = Int(word.number)
      case .whole: group += Int(word.number)
      case .teen:
        guard digit > 0 else { return nil }
        group += digit + 10
        digit = 0
      case .times:
        guard digit > 0 || group > 0 else { return nil }
        if word.number >= 1000 {
          total += (group + digit) * Int(word.number)
          group = 0
        } else {
          group += digit * Int(word.number)
        }
        digit = 0
      case .part, .ordinal, .to, .none: return found ? (total + group + digit, at) : nil
      }
      found = true
      at = hit.end
    }
    return found ? (total + group + digit, at) : nil
  }

  /// A number in digits or words, a range of two, or a vague one, in front of a unit.
  func amount(_ i: Int) -> (amount: TimeAmount, end: Int, isDigits: Bool)? {
    guard i < count else { return nil }
    if roles(hit(i)).contains(.vague) { return (.vague, hit(i).end, false) }
    guard var first = plainAmount(i) else { return nil }
    if let product = product(first.end, first.amount) { return (product.amount, product.end, true) }
    if kind(first.end) == TokenKind.openParen, let again = plainAmount(first.end + 1), again.amount == first.amount,
      kind(again.end) == TokenKind.closeParen
    {
      // "24 (dua puluh empat) bulan"
      first.end = again.end + 1
    }
    if let to = rangeMark(first.end), let second = plainAmount(to), second.amount.scale == first.amount.scale,
      second.amount.mantissa > first.amount.mantissa
    {
      first.amount.high = second.amount.mantissa
      first.end = second.end
    }
    return first
  }

  /// `x24` behind a number: `1x24 jam`, `2 x 24 jam`.
  private func product(_ i: Int, _ amount: TimeAmount) -> (amount: TimeAmount, end: Int)? {
    guard goesOn(i), tokens.isWord(i), tokens.length(i) == 1, byte(i) | 0x20 == UInt8(ascii: "x"),
      let left = amount.integer, left < 1000,
      let right = number(i + 1, digits: 1...3), tokens.attached(i) == tokens.attached(i + 1), !isGluedAfter(i + 2)
    else { return nil }
    return (.whole(left * right), i + 2)
  }

  private func plainAmount(_ i: Int) -> (amount: TimeAmount, end: Int, isDigits: Bool)? {
    guard i < count else { return nil }
    if tokens.isNumber(i) { return digits(i).map { ($0.amount, $0.end, true) } }
    let hit = hit(i)
    let word = word(hit)
    if word.numeral == .part { return (.decimal(Int(word.number), 2), hit.end, false) }
    guard let whole = spelled(i) else { return nil }
    let half = next(whole.end)
    if self.word(half).numeral == .part, self.word(half).roles.contains(.half) {
      return (.decimal(whole.value * 10 + 5, 1), half.end, false)
    }
    return (.whole(whole.value), whole.end, false)
  }

  /// `2`, `1.000`, `2,5`, `2.5`.
  private func digits(_ i: Int) -> (amount: TimeAmount, end: Int)? {
    guard var value = number(i, digits: 1...4) else { return nil }
    var at = i + 1
    var scale = 0
    while at + 1 < count, tokens.attached(at), tokens.attached(at + 1), tokens.isNumber(at + 1) {
      let mark = tokens.kind[at]
      let length = tokens.length(at + 1)
      if mark == TokenKind.period, length == 3, scale == 0, let part = number(at + 1, digits: 3...3) {
        guard value < 100_000 else { return nil }
        value = value * 1000 + part
      } else if mark == TokenKind.comma || mark == TokenKind.period, scale == 0, length <= 3,
        let part = number(at + 1, digits: 1...3)
      {
        guard value < 1_000_000 else { return nil }
        scale = length
        value = value * (length == 1 ? 10 : length == 2 ? 100 : 1000) + part
      } else {
        return mark == TokenKind.period || mark == TokenKind.comma ? nil : (.decimal(value, scale), at)
      }
      at += 2
    }
    return (.decimal(value, scale), at)
  }

  // MARK: Number and unit

  /// The unit at `i`, also where a longer phrase begins with it ("hari terakhir").
  func unit(_ i: Int) -> Hit {
    let hit = next(i)
    guard hit.index != 0, !roles(hit).contains(.unit) || hit.end > i + 1, hit.end != i + 1 else { return hit }
    if !roles(hit).isDisjoint(with: [.unit, .notDate]) { return hit }
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
    // "Nomor 13 Tahun 2003"
    if word.unit == .year, word.unitSize == 1, year(hit.end) != nil { return nil }
    // "dua Minggu" is a week, "2 Minggu" too; a number before any other weekday is none.
    return amountTail(i, hit.end, first: first.amount, word)
  }

  /// `dua kali seminggu`, `tiga kali dalam sehari`.
  private func frequency(_ i: Int, _ times: Int, _ at: Int) -> TimeReading? {
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
  private func vagueInstant(_ i: Int, _ at: Int) -> TimeReading? {
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
      } else if word.shifts.contains(.this), unit.amount == 0 {
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
  private func morePieces(_ end: Int, _ unit: CalendarWord, into reading: inout TimeReading) -> Int {
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

  private static func isSmaller(_ a: TimeUnit, _ b: TimeUnit) -> Bool {
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
  private func distance(_ i: Int, _ shift: Hit, _ shifts: TimeShift, _ span: TimeReading, _ unit: CalendarWord)
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

  /// Whether a number of years is an age: `berusia 25 tahun`, `bocah 7 tahun`, `Siti Aminah, 52 tahun,`.
  private func isAge(_ i: Int, _ end: Int, _ unit: CalendarWord) -> Bool {
    guard unit.unit == .year || unit.unit == .month, unit.unitSize == 1, unit.amount == 0 else { return false }
    var at = i
    while let mod = before(at, [.mod]) {
      _ = mod
      at -= 1
      if at < i - 2 { break }
    }
    if let hit = before(at, .age) {
      _ = hit
      return true
    }
    if at > 1, tokens.kind[at - 1] == TokenKind.comma, before(at - 1, .age) != nil { return true }
    guard unit.unit == .year else { return false }
    if at > 1, tokens.kind[at - 1] == TokenKind.comma, tokens.isWord(at - 2), tokens.isCapitalized(at - 2),
      !startsSentence(at - 2),
      kind(end) == TokenKind.comma || kind(end) == TokenKind.closeParen
    {
      return true
    }
    return false
  }

  // MARK: Recurring times

  func setReading(_ span: TokenSpan, _ unit: TimeUnit, _ amount: TimeAmount, size: Int) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    reading.amounts.0 = amount
    reading.units.0 = unit
    reading.sizes.0 = Int16(truncatingIfNeeded: size)
    reading.pieces = 1
    return reading
  }

  /// `setiap hari`, `tiap Senin`, `setiap dua tahun`, `setiap pagi`, `setiap 17 Agustus`, `setiap akhir pekan`.
  func each(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    guard goesOn(at) else { return nil }
    var following = self.hit(at)
    var word = word(following)
    if word.roles.contains(.weekend) { return recurring(TokenSpan(i, following.end)) { $0.unit = .week } }
    if word.roles.contains(.unit), word.unit == .day || word.unit == .month, word.amount == 0 {
      let inner = next(following.end)
      let innerWord = self.word(inner)
      if word.unit == .day, innerWord.roles.contains(.weekday) {
        at = following.end
        following = inner
        word = innerWord
      } else if word.unit == .month, let month = month(following.end) {
        return recurring(TokenSpan(i, month.end)) { $0.month = Int8(month.month) }
      }
    }
    if word.roles.contains(.weekday), word.isFull,
      !word.roles.contains(.unit) || tokens.isCapitalized(at) || at > hit.end
    {
      let part = part(following.end)
      return recurring(TokenSpan(i, part?.end ?? following.end)) {
        $0.weekday = word.weekday
        $0.part = part?.part ?? .none
      }
    }
    if word.roles.contains(.clock), goesOn(following.end) {
      var reading = recurring(TokenSpan(i, following.end)) { _ in }
      if let end = clock(following.end, introduced: true, into: &reading), reading.endHour < 0 {
        reading.span.end = Int32(end)
        return reading
      }
    }
    if word.roles.contains(.part) { return recurring(TokenSpan(i, following.end)) { $0.part = word.part } }
    if word.roles.contains(.date), let value = number(following.end, digits: 1...2), value >= 1, value <= 31 {
      let month = month(following.end + 1)
      return recurring(TokenSpan(i, month?.end ?? following.end + 1)) {
        $0.day = Int8(value)
        $0.month = Int8(month?.month ?? 0)
      }
    }
    if let value = number(at, digits: 1...2), value >= 1, value <= 31, let month = month(at + 1) {
      return recurring(TokenSpan(i, month.end)) {
        $0.day = Int8(value)
        $0.month = Int8(month.month)
      }
    }
    if word.roles.contains(.month), word.isFull, tokens.isCapitalized(at) {
      return recurring(TokenSpan(i, following.end)) { $0.month = word.month }
    }
    if word.roles.contains(.unit), word.amount == 0, !word.isShort {
      return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
    }
    guard let amount = amount(at), !amount.amount.isVague else { return nil }
    let unit = self.unit(amount.end)
    let unitWord = self.word(unit)
    guard unitWord.roles.contains(.unit), unitWord.amount == 0, !unitWord.isSetOnly else { return nil }
    let end = roles(next(unit.end)).contains(.once) ? next(unit.end).end : unit.end
    return setReading(TokenSpan(i, end), unitWord.unit, amount.amount, size: Int(unitWord.unitSize))
  }

  private func recurring(_ span: TokenSpan, _ fill: (inout TimeReading) -> Void) -> TimeReading {
    var reading = TimeReading()
    reading.base = .set
    reading.span = span
    fill(&reading)
    return reading
  }

  /// `per hari`, `per - bulan`; not `km per jam`, `per tahun 2015`.
  func per(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    if kind(at) == TokenKind.hyphen || kind(at) == TokenKind.dash { at += 1 }
    let following = next(at)
    let word = word(following)
    guard word.roles.contains(.unit), word.amount == 0, !word.unit.isClock, !word.isShort else { return nil }
    if tokens.isNumber(following.end), goesOn(following.end) { return nil }
    if !word.roles.contains(.weekday), !roles(next(following.end)).isDisjoint(with: [.month, .weekday]) { return nil }
    if word.roles.contains(.weekday), tokens.isCapitalized(at) { return nil }
    if let offset = Self.offset(of: self.word(next(following.end)).shifts), offset != 0 { return nil }
    return setReading(TokenSpan(i, following.end), word.unit, .whole(1), size: Int(word.unitSize))
  }
}
