/// Numbers for people: `250000` is "250 000", `1.2e12` is "1.2 trillion".
///
/// Groups are set apart by spaces, because a reader of English takes `250.000` for a fraction and a reader of
/// Indonesian takes `250,000` for one.
public enum FigureFormat {
  /// `≈ 250 000`, `5 – 7`, `IDR 1.2 trillion`, `12.5 %`, `30 km`.
  public static func value(of quantity: ReportDocument.Quantity) -> String {
    var text = number(quantity.low)
    if quantity.isRange { text += (quantity.kind == "score" ? "–" : " – ") + number(quantity.high) }
    if let unit = quantity.unit, !unit.isEmpty {
      text = quantity.kind == "money" ? unit + " " + text : text + " " + symbol(of: unit)
    }
    return sign(of: quantity.modifier) + text
  }

  /// The usual symbol of a UCUM unit.
  private static func symbol(of unit: String) -> String {
    switch unit {
    case "har": "ha"
    case "Cel": "°C"
    case "m2", "km2", "cm2": unit.dropLast() + "²"
    case "m3", "cm3": unit.dropLast() + "³"
    default: unit
    }
  }

  static func sign(of modifier: String) -> String {
    switch modifier {
    case "approx": "≈ "
    case "at_least": "≥ "
    case "at_most": "≤ "
    case "more_than": "> "
    case "less_than": "< "
    default: ""
    }
  }

  /// A number as JSON writes it; text that is no number comes back as it is.
  public static func number(_ text: String) -> String {
    guard let value = Double(text), value.isFinite else { return text }
    for (size, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] where value.magnitude >= size {
      guard value.magnitude < 1e15 else { break }
      let scaled = value / size
      // Nothing may be lost: 1 234 567 stays as it is.
      if (scaled * 1000).rounded() / 1000 * size == value { return shortest(scaled) + " " + name }
      break
    }
    return grouped(value, text: text)
  }

  private static func shortest(_ value: Double) -> String {
    let text = "\((value * 1000).rounded() / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func grouped(_ value: Double, text: String) -> String {
    guard value == value.rounded(), value.magnitude < 1e15 else { return text }
    let digits = Array("\(Int64(value.magnitude))")
    var result = value < 0 ? "-" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0, digits.count > 4 { result.append(" ") }
      result.append(digit)
    }
    return result
  }
}
