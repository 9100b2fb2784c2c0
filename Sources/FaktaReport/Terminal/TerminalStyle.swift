/// What a run of text in the terminal is; the style decides how that looks.
package enum Ink: UInt8, Sendable {
  case plain, person, place, organization, date, quantity, dim, strong, heading, added, removed, changed

  /// The ink of an entity with this label.
  static func entity(_ label: String) -> Ink {
    switch label {
    case "PER": .person
    case "LOC": .place
    case "ORG": .organization
    default: .strong
    }
  }

  /// Parameters of the SGR sequence: the sixteen colours that every terminal theme makes readable.
  fileprivate var code: String {
    switch self {
    case .plain: ""
    case .person: "1;35"
    case .place: "32"
    case .organization: "94"
    case .date: "36"
    case .quantity: "1;33"
    case .dim: "2"
    case .strong: "1"
    case .heading: "1;4"
    case .added: "32"
    case .removed: "31"
    case .changed: "33"
    }
  }
}

/// How marks are shown: in colour, or by brackets where there is none.
package struct TerminalStyle: Sendable {
  package var usesColor: Bool
  /// Cells per line.
  package var width: Int

  package init(usesColor: Bool, width: Int) {
    self.usesColor = usesColor
    self.width = max(20, width)
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    guard usesColor, ink != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(ink.code)m\(text)\u{1B}[0m"
  }

  /// What stands before and after a mark when there is no colour: `[Rusia/LOC]`, `<kemarin>`, `{448}`.
  func brackets(for ink: Ink, label: String) -> (String, String) {
    guard !usesColor else { return ("", "") }
    switch ink {
    case .date: return ("<", ">")
    case .quantity: return ("{", "}")
    case .person, .place, .organization, .strong: return ("[", "/" + label + "]")
    default: return ("", "")
    }
  }
}

extension Unicode.Scalar {
  /// The scalar itself, or U+FFFD for one that would move the cursor, change the terminal or reorder the line:
  /// articles come from strangers.
  package var harmless: Unicode.Scalar {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xE0000...0xE007F: "\u{FFFD}"
    // Marks, embeddings, overrides and isolates of the direction (Bidi_Control).
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: self
    }
  }
}

extension String {
  /// The text without anything that a terminal obeys; line breaks and tabs become spaces.
  package var harmless: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    var scalars = UnicodeScalarView()
    for scalar in unicodeScalars {
      scalars.append(scalar == "\n" || scalar == "\t" || scalar == "\r" ? " " : scalar.harmless)
    }
    return String(scalars)
  }
}
