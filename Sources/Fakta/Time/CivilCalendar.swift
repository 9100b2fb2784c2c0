/// Arithmetic of the proleptic Gregorian calendar on day numbers: 0 is 1970-01-01.
///
///     CivilCalendar.number(CalendarDay(2015, 11, 9))   →   16748
///     CivilCalendar.isoWeek(16748)                     →   (2015, 46)
///
/// Knows no clock, no zone and no locale.
///
/// **Cost.** A few divisions each; no allocation.
enum CivilCalendar {
  /// The days that `2015-11-09` can write: of the years 1 to 9999.
  static let writtenDays = number(1, 1, 1)...number(9999, 12, 31)

  /// Day number of a date; months and days beyond their range count on.
  static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let months = year * 12 + month - 1
    // Months from March on, so that a leap day ends its year.
    let shifted = months - 2
    let y = floorDivide(shifted, 12)
    let m = shifted - y * 12
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * m + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear + day - 1 - 719_468
  }

  static func number(_ day: CalendarDay) -> Int { number(Int(day.year), Int(day.month), Int(day.day)) }

  /// The date of a day number.
  static func day(_ number: Int) -> CalendarDay {
    let shifted = number + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return CalendarDay(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  /// 1 is Monday, 7 is Sunday.
  static func weekday(_ number: Int) -> Int {
    let r = (number + 3) % 7
    return (r < 0 ? r + 7 : r) + 1
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    month >= 1 && month <= 12 && day >= 1 && day <= days(inMonth: month, of: year)
  }

  /// ISO year and week of a day.
  static func isoWeek(_ number: Int) -> (year: Int, week: Int) {
    let thursday = number - weekday(number) + 4
    let year = Int(day(thursday).year)
    return (year, (thursday - self.number(year, 1, 1)) / 7 + 1)
  }

  /// Monday of the ISO week in which a day lies.
  static func monday(_ number: Int) -> Int { number - weekday(number) + 1 }

  /// The day `months` later; 31 January and one month is 28 or 29 February.
  static func add(months: Int, to number: Int) -> Int {
    let from = day(number)
    let index = Int(from.year) * 12 + Int(from.month) - 1 + months
    let year = floorDivide(index, 12)
    let month = index - year * 12 + 1
    return self.number(year, month, min(Int(from.day), days(inMonth: month, of: year)))
  }

  /// Easter Sunday by the Gregorian computus.
  static func easter(_ year: Int) -> Int {
    let a = year % 19
    let b = year / 100
    let c = year % 100
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let sum = h + l - 7 * m + 114
    return number(year, sum / 31, sum % 31 + 1)
  }

  static func floorDivide(_ a: Int, _ b: Int) -> Int {
    let q = a / b
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q
  }
}
