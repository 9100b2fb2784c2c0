import CFaktaICU

extension ListChecker {
  /// Characters that nobody sees, and text that is not in NFC.
  mutating func checkCharacters(_ list: ListFile) {
    var line = 1
    var start = 0
    while start < list.text.count {
      let end = list.text[start...].firstIndex(of: 0x0A) ?? list.text.count
      if list.text[start..<end].contains(where: { $0 >= 0x80 || ($0 < 0x20 && $0 != 0x09 && $0 != 0x0D) || $0 == 0x7F })
      {
        checkLine(list, line, start..<end)
      }
      line += 1
      start = end + 1
    }
  }

  private mutating func checkLine(_ list: ListFile, _ line: Int, _ bytes: Range<Int>) {
    guard let text = String(validating: list.text[bytes], as: UTF8.self) else { return }
    for (i, scalar) in text.unicodeScalars.enumerated() {
      guard let remedy = Self.remedy(for: scalar) else { continue }
      doubt(LexiconError(file: list.path, line: line, column: i + 1, reason: "\(Self.name(scalar)) \(remedy)"))
    }
    if let column = Self.notNormal(Array(list.text[bytes])) {
      doubt(
        LexiconError(
          file: list.path, line: line, column: column,
          reason: "the text is not in NFC from here on (a letter and its mark are written apart); normalise the file"))
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func remedy(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\t", "\r": return nil
    case "\u{2018}", "\u{2019}", "\u{02BC}": return "is a typographic apostrophe; write ' as the normalised text has it"
    case "\u{201C}", "\u{201D}": return "is a typographic quotation mark; write \" or leave it out"
    case "\u{FFFD}": return "stands for a character that was lost; write the right one"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format: return "is invisible; delete it"
    case .spaceSeparator where scalar != " ": return "is a space of another kind; write a plain space"
    case .lineSeparator, .paragraphSeparator: return "breaks the line unseen; delete it"
    case .privateUse, .unassigned, .surrogate: return "is no character that text has; write the right one"
    default: return nil
    }
  }

  /// 1-based column where the text stops being in NFC; nil when all of it is.
  private static func notNormal(_ bytes: [UInt8]) -> Int? {
    var out = [UInt8](repeating: 0, count: bytes.count * 3 + 16)
    let n = fk_nfc(bytes, Int64(bytes.count), &out, Int64(out.count))
    guard n >= 0 else { return 1 }
    let normal = out[0..<Int(n)]
    if normal.elementsEqual(bytes) { return nil }
    let same = zip(bytes, normal).prefix { $0 == $1 }.count
    return bytes[..<same].count { $0 & 0xC0 != 0x80 } + 1
  }
}
