import CFaktaICU

/// The Islamic calendar: months as they were decided, where a list says so, else as ICU's Umm al-Qura calendar has them.
///
///     1 Ramadan 1437   →   2016-06-06
///
/// **Cost.** ICU is asked once for each month of `years`, at first use; after that a look-up.
struct HijriCalendar: Sendable {
  /// Years that a text may name.
  static let years = 1300...1600

  /// Decided first days, by `year * 12 + month - 1`.
  private let decided: [Int: Int]

  /// - Parameter decided: Day numbers of first days by `year * 12 + month - 1`.
  init(decided: [Int: Int] = [:]) { self.decided = decided }

  /// First days by ICU, from the first month of `years` on to one month past the last.
  private static let computed: [Int32] = (years.lowerBound * 12...(years.upperBound + 1) * 12).map { index in
    var y: Int32 = 0
    var m: Int32 = 0
    var d: Int32 = 0
    guard fk_islamic_to_gregorian(0, Int32(index / 12), Int32(index % 12 + 1), 1, &y, &m, &d) == 0 else { return 0 }
    return Int32(CivilCalendar.number(Int(y), Int(m), Int(d)))
  }

  /// Day number of the first day of a month; `month` may run past 12.
  func start(_ year: Int, _ month: Int) -> Int? {
    let index = year * 12 + month - 1
    if let day = decided[index] { return day }
    let i = index - Self.years.lowerBound * 12
    guard i >= 0, i < Self.computed.count else { return nil }
    let day = Int(Self.computed[i])
    // A decided neighbour may leave no room for ICU's day: months have 29 or 30 days.
    if let before = decided[index - 1] { return min(max(day, before + 29), before + 30) }
    if let after = decided[index + 1] { return min(max(day, after - 30), after - 29) }
    return day
  }

  /// Day number of a day; nil when the month has no such day.
  func number(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard month >= 1, month <= 12, day >= 1, let first = start(year, month), let next = start(year, month + 1),
      first + day - 1 < next
    else { return nil }
    return first + day - 1
  }

  /// First and last day of a month.
  func month(_ year: Int, _ month: Int) -> (first: Int, last: Int)? {
    guard let first = start(year, month), let next = start(year, month + 1) else { return nil }
    return (first, next - 1)
  }

  /// Islamic year, month and day of a day number.
  func date(_ number: Int) -> (year: Int, month: Int, day: Int)? {
    // A month has 29.53059 days; day -492148 is 1 Muharram 1, whose index is 12.
    var index = (number + 492_148) * 100_000 / 2_953_059 + 12
    index = max(Self.years.lowerBound * 12, min(index, Self.years.upperBound * 12 + 11))
    while let first = start(index / 12, index % 12 + 1), first > number { index -= 1 }
    while let next = start(index / 12, index % 12 + 2), next <= number { index += 1 }
    guard let first = start(index / 12, index % 12 + 1), first <= number else { return nil }
    return (index / 12, index % 12 + 1, number - first + 1)
  }
}
