/// Values of durations and recurring times.
extension TimeResolver {
  func resolveDuration(_ reading: TimeReading, _ anchor: Int?, _ out: inout Resolution) {
    out.kind = .duration
    out.value = durationText(reading, high: false)
    if reading.amounts.0.isRange {
      out.value.append(UInt8(ascii: "/"))
      out.value.append(durationText(reading, high: true))
    }
    guard !reading.shift.isDisjoint(with: [.last, .coming]), reading.pieces == 1, !reading.amounts.0.isVague,
      let anchor,
      let n = reading.amounts.0.integer, n < 10_000
    else { return }
    let steps = reading.shift.contains(.last) ? -n : n
    let other: Int
    switch reading.units.0 {
    case .day: other = anchor + steps
    case .week: other = anchor + 7 * steps
    case .month: other = CivilCalendar.add(months: steps, to: anchor)
    case .year: other = CivilCalendar.add(months: 12 * steps * Int(reading.sizes.0), to: anchor)
    default: return
    }
    out.from = min(anchor, other)
    out.to = max(anchor, other)
  }

  func durationText(_ reading: TimeReading, high: Bool) -> ShortText {
    var text = ShortText()
    text.append(UInt8(ascii: "P"))
    var inTime = false
    func piece(_ amount: TimeAmount, _ unit: TimeUnit, _ size: Int16) {
      if unit.isClock, !inTime {
        text.append(UInt8(ascii: "T"))
        inTime = true
      }
      if amount.isVague {
        text.append(UInt8(ascii: "X"))
      } else {
        text.append(mantissa: Int(high ? amount.high : amount.mantissa) * Int(size), scale: Int(amount.scale))
      }
      switch unit {
      case .day: text.append(UInt8(ascii: "D"))
      case .week: text.append(UInt8(ascii: "W"))
      case .month, .minute: text.append(UInt8(ascii: "M"))
      case .hour: text.append(UInt8(ascii: "H"))
      case .second: text.append(UInt8(ascii: "S"))
      default: text.append(UInt8(ascii: "Y"))
      }
    }
    piece(reading.amounts.0, reading.units.0, reading.sizes.0)
    if reading.pieces > 1 { piece(reading.amounts.1, reading.units.1, reading.sizes.1) }
    if reading.pieces > 2 { piece(reading.amounts.2, reading.units.2, reading.sizes.2) }
    return text
  }

  func resolveSet(_ reading: TimeReading, _ out: inout Resolution) {
    out.kind = .set
    if reading.freq > 0 {
      out.freq.append(Int(reading.freq), width: 1)
      out.freq.append(UInt8(ascii: "X"))
    }
    if reading.pieces > 0 {
      out.value = durationText(reading, high: false)
      return
    }
    if reading.weekday != 0 {
      out.value.append("XXXX-WXX-")
      out.value.append(Int(reading.weekday), width: 1)
    } else if reading.unit == .week {
      out.value.append("XXXX-WXX-WE")
    } else {
      out.value.append("XXXX-")
      if reading.month != 0 { out.value.append(Int(reading.month), width: 2) } else { out.value.append("XX") }
      if reading.day != 0 {
        out.value.append(UInt8(ascii: "-"))
        out.value.append(Int(reading.day), width: 2)
      } else if reading.month == 0 {
        out.value.append("-XX")
      }
    }
    if reading.hasClock {
      appendTime(reading, day: nil, &out)
    } else if reading.part != .none {
      out.value.append(reading.part.code)
    }
  }
}
