/// Cells of the project's lists that nothing would read.
extension ListFile {
  /// The column of a list whose words the program knows, and those words.
  private static let known: [String: (column: String, words: [String])] = [
    // Rules alone ask for `holder`, and names for `house`.
    "clause-words": ("use", FactWords.ClauseUse.allCases.map(\.rawValue) + ["holder"]),
    "name-words": ("use", NameWords.Use.allCases.map(\.rawValue) + ["house"]),
    "number-cues": ("role", Array(NumberCue.Roles.byName.keys)),
    "verbs": ("voice", Array(FactWords.voiceBits.keys)),
  ]

  /// `clause-words.tsv:12:19: use 'chnage' is unknown; known are change, contrast, …`
  var valueProblems: [LexiconError] {
    guard let (name, words) = Self.known[LexiconCompiler.table(of: self)], let column = column(name) else { return [] }
    let known = Set(words)
    return (0..<count).filter { !known.contains(cell($0, column)) }.map { row in
      problem(
        row, column: column,
        "\(name) '\(cell(row, column))' is unknown; known are \(words.sorted().joined(separator: ", "))")
    }
  }
}
