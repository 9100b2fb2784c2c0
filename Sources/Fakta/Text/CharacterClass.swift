/// What a scalar is to the tokenizer.
enum CharacterClass {
  case letter, mark, digit, space, lineBreak, paragraphBreak, invisible
  /// A punctuation mark or symbol, with its `TokenKind`.
  case punctuation(UInt8)
}

extension CharacterClass {
  /// Token kinds of the ASCII marks; 0 where the byte is none.
  static let asciiMarks: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 128)
    let marks: [(Unicode.Scalar, UInt8)] = [
      (".", TokenKind.period), ("?", TokenKind.question), ("!", TokenKind.exclamation), (",", TokenKind.comma),
      (":", TokenKind.colon), (";", TokenKind.semicolon), ("-", TokenKind.hyphen), ("/", TokenKind.slash),
      ("(", TokenKind.openParen), (")", TokenKind.closeParen), ("[", TokenKind.openBracket),
      ("]", TokenKind.closeBracket), ("\"", TokenKind.quote), ("'", TokenKind.apostrophe), ("%", TokenKind.percent),
      ("+", TokenKind.plus), ("$", TokenKind.currency), ("@", TokenKind.at), ("&", TokenKind.ampersand),
      ("_", TokenKind.underscore), ("*", TokenKind.asterisk), ("<", TokenKind.less), (">", TokenKind.greater),
      ("=", TokenKind.equals), ("#", TokenKind.hash), ("{", TokenKind.openBracket), ("}", TokenKind.closeBracket),
      ("`", TokenKind.openSingleQuote), ("\\", TokenKind.other), ("^", TokenKind.other), ("|", TokenKind.other),
      ("~", TokenKind.other),
    ]
    for (scalar, kind) in marks { table[Int(scalar.value)] = kind }
    // Control characters are marks of no meaning; white space is handled before this table.
    for i in 0..<128 where table[i] == 0 { table[i] = TokenKind.other }
    return table
  }()

  /// The class of a scalar beyond ASCII.
  static func of(_ scalar: Unicode.Scalar) -> CharacterClass {
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .space
    case 0x85, 0x2028: return .lineBreak
    case 0x2029: return .paragraphBreak
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xFE00...0xFE0F:
      return .invisible
    case 0x2010, 0x2011: return .punctuation(TokenKind.hyphen)
    case 0x2012...0x2015, 0x2212: return .punctuation(TokenKind.dash)
    case 0x201C, 0x201E, 0x201F, 0xAB: return .punctuation(TokenKind.openQuote)
    case 0x201D, 0xBB: return .punctuation(TokenKind.closeQuote)
    case 0x2033, 0x301D...0x301F, 0xFF02: return .punctuation(TokenKind.quote)
    case 0x2018, 0x201A, 0x201B, 0x2039: return .punctuation(TokenKind.openSingleQuote)
    case 0x2019, 0x203A, 0x2032, 0xB4: return .punctuation(TokenKind.closeSingleQuote)
    case 0x2026: return .punctuation(TokenKind.ellipsis)
    case 0x2022, 0x2023, 0x25CF, 0x25AA, 0x25A0, 0xB7, 0x25BA: return .punctuation(TokenKind.bullet)
    case 0xA2...0xA5, 0x20A0...0x20CF: return .punctuation(TokenKind.currency)
    case 0xB1: return .punctuation(TokenKind.plusMinus)
    case 0x2264: return .punctuation(TokenKind.less)
    case 0x2265: return .punctuation(TokenKind.greater)
    case 0xB0, 0xBA, 0x2103: return .punctuation(TokenKind.degree)
    case 0xFF0C, 0x3001, 0x60C: return .punctuation(TokenKind.comma)
    case 0x3002, 0xFF0E, 0x6D4: return .punctuation(TokenKind.period)
    case 0xFF1F, 0x61F: return .punctuation(TokenKind.question)
    case 0xFF01: return .punctuation(TokenKind.exclamation)
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0xAA, 0xB5: return .letter
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
      return .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    case .decimalNumber: return .digit
    case .spaceSeparator: return .space
    case .format: return .invisible
    default: return .punctuation(TokenKind.other)
    }
  }
}
