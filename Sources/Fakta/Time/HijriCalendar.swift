import CFaktaICU
import Synchronization

/// The Islamic calendar: months as they were decided, where a list says so, else as ICU's Umm al-Qura calendar has them.
///
///     1 Ramadan 1437   →   2016-06-06
///
/// **Cost.** ICU is asked once for each month that a text needs; after that a look-up.
struct HijriCalendar: Sendable {
  /// Years that a text may name.
  static let years = 1300...1600

  /// Decided first days, by `year * 12 + month - 1`.
  private let decided: [Int: Int]

  /// - Parameter decided: Day numbers of first days by `year * 12 + month - 1`.
  init(decided: [Int: Int] = [:]) { self.decided = decided }

  /// First days by ICU, from the first month of `years` on; 0 where ICU has not been asked.
  private final class Cache: Sendable {
    let days = Mutex([Int32](repeating: 0, count: (HijriCalendar.years.count + 1) * 12))

    func start(_ i: Int) -> Int? {
      let known = days.withLock { i >= 0 && i < $0.count ? Int($0[i]) : 0 }
      if known != 0 { return known }
      let index = i + HijriCalendar.years.lowerBound * 12
      var y: Int32 = 0
      var m: Int32 = 0
      var d: Int32 = 0
      guard i >= 0, i < (HijriCalendar.years.count + 1) * 12,
        fk_islamic_to_gregorian(0, Int32(index / 12), Int32(index % 12 + 1), 1, &y, &m, &d) == 0
      else { return nil }
      let day = CivilCalendar.number(Int(y), Int(m), Int(d))
      days.withLock { $0[i] = Int32(day) }
      return day
    }
  }

  private let cache = Cache()

  /// Day number of the first day of a month; `month` may run past 12.
  func start(_ year: Int, _ month: Int) -> Int? {
    let index = year * 12 + month - 1
    if let day = decided[index] { return day }
    guard let day = cache.start(index - Self.years.lowerBound * 12) else { return nil }
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
