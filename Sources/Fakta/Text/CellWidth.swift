import CFaktaICU

/// How many cells of a terminal text takes: 0 for marks that join the letter before them, 2 for wide characters.
public enum CellWidth {
  /// Cells of one scalar by itself: 0, 1 or 2. Control characters have none.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? 0 : 1 }
    return Int(fk_cell_width(scalar.value))
  }

  /// Cells of one character as a reader sees it: an emoji put together from several scalars is one wide character.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return of(first) }
    // U+FE0F asks for the coloured, wide form; two regional indicators are one flag.
    let isEmoji = scalars.contains { $0.value == 0xFE0F } || (0x1F1E6...0x1F1FF).contains(first.value)
    return isEmoji ? 2 : scalars.reduce(0) { max($0, of($1)) }
  }

  public static func of(_ text: String) -> Int {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
  }
}
