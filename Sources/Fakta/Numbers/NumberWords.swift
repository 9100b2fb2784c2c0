/// What a word does inside a spelled number, from the list `numerals`.
struct NumberWord: Sendable {
  enum Role: UInt8, Sendable {
    case none, digit, ten, teen, hundred, teenMark, tenMark, hundredMark, scale, shortScale, moneyScale, oneScale,
      vague, fraction
    case half, denominator, point, per, ordinalMark, minus, collective, first, suffix, zero
  }
  var role = Role.none
  /// Number of zeros of a scale, or a small whole value.
  var value: Int = 0
  var low = ExactDecimal.zero
  var high = ExactDecimal.zero
}

/// The number words of the language, found by vocabulary id.
///
/// **Errors.** A row that says nothing sensible is left out here; `gazetteer check` names it.
struct NumberWords: Sendable {
  static let roles: [String: NumberWord.Role] = [
    "digit": .digit, "ten": .ten, "teen": .teen, "hundred": .hundred, "teen-mark": .teenMark, "ten-mark": .tenMark,
    "hundred-mark": .hundredMark,
    "scale": .scale, "short-scale": .shortScale, "money-scale": .moneyScale, "one-scale": .oneScale, "vague": .vague,
    "fraction": .fraction, "half": .half, "denominator": .denominator, "point": .point, "per": .per,
    "ordinal-mark": .ordinalMark,
    "minus": .minus, "collective": .collective, "first": .first, "suffix": .suffix,
    "zero": .zero,
  ]

  /// For each vocabulary id the index into `words`; 0 for other words.
  private let index: VocabularyColumn<UInt8>
  private(set) var words: [NumberWord] = [NumberWord()]
  /// Whether lists of the user have number words, at which the tokens' triggers say nothing.
  let hasUserWords: Bool

  init(lexicon: Lexicon) {
    hasUserWords = lexicon.user != nil && lexicon.rows(table: "numerals").contains { $0.isUser }
    index = VocabularyColumn(count: lexicon.wordCount + 1)
    var found: [(Int, NumberWord)] = []
    ListRows.forEach(of: "numerals", columns: ["form", "role", "value", "high"], in: lexicon) { row in
      let id = Int(lexicon.wordID(row.text(0)))
      guard let word = Self.parse(role: row.text(1), value: row.text(2), high: row.text(3)) else { return }
      found.append((id, word))
    }
    for (id, word) in found where id > 0 && id < index.count && words.count < 256 {
      index[id] = UInt8(words.count)
      words.append(word)
    }
  }

  static func parse(role: String, value: String, high: String) -> NumberWord? {
    guard let role = roles[role] else { return nil }
    var word = NumberWord(role: role)
    if role == .fraction || role == .half {
      let parts = value.parts("/").compactMap { Int($0) }
      guard parts.count == 2, let low = ExactDecimal.fraction(parts[0], parts[1]) else { return nil }
      word.low = low
      word.high = low
      return word
    }
    if value.isEmpty { return word }
    guard let low = ExactDecimal(text: value), let small = Int(value) else { return nil }
    word.value = small
    word.low = low
    word.high = ExactDecimal(text: high) ?? low
    if role == .vague {
      // "15 ribuan": the zeros of the lower bound.
      word.value = 0
      var rest = small
      while rest >= 10 {
        rest /= 10
        word.value += 1
      }
    }
    return word
  }

  /// The number word with vocabulary id `id`.
  @inline(__always)
  func at(_ id: UInt32) -> NumberWord {
    words[Int(index[Int(id)])]
  }

  @inline(__always)
  func isNumberWord(_ id: UInt32) -> Bool {
    index[Int(id)] != 0
  }
}
