/// Writes TIMEX3 values.
extension ShortText {
  /// `2015-11-09`.
  mutating func append(day number: Int) {
    let day = CivilCalendar.day(number)
    append(Int(day.year), width: 4)
    append(UInt8(ascii: "-"))
    append(Int(day.month), width: 2)
    append(UInt8(ascii: "-"))
    append(Int(day.day), width: 2)
  }

  /// `2015-W46` of the week in which a day lies.
  mutating func append(weekOf number: Int) {
    let week = CivilCalendar.isoWeek(number)
    append(week.year, width: 4)
    append("-W")
    append(week.week, width: 2)
  }

  /// `2015-11`.
  mutating func append(year: Int, month: Int) {
    append(year, width: 4)
    append(UInt8(ascii: "-"))
    append(month, width: 2)
  }

  /// `T14:30+07:00`.
  mutating func append(hour: Int, minute: Int, second: Int, zone: Int16?) {
    append(UInt8(ascii: "T"))
    append(hour, width: 2)
    append(UInt8(ascii: ":"))
    append(minute, width: 2)
    if second >= 0 {
      append(UInt8(ascii: ":"))
      append(second, width: 2)
    }
    guard let zone else { return }
    append(zone < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(Int(zone.magnitude) / 60, width: 2)
    append(UInt8(ascii: ":"))
    append(Int(zone.magnitude) % 60, width: 2)
  }

  /// A decimal number without trailing zeros: `2.5`.
  mutating func append(mantissa: Int, scale: Int) {
    var m = mantissa
    var s = scale
    while s > 0, m % 10 == 0 {
      m /= 10
      s -= 1
    }
    var power = 1
    for _ in 0..<s { power *= 10 }
    append(m / power, width: 1)
    if s > 0 {
      append(UInt8(ascii: "."))
      append(m % power, width: s)
    }
  }

  mutating func append(_ other: ShortText) {
    for i in 0..<other.count { append(other[i]) }
  }
}
