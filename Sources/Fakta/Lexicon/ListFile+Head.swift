/// What can be wrong with the head of a list: its directives, columns and classes.
extension ListFile {
  static let nameColumns = [
    "id", "name", "label", "subtype", "aliases", "country", "parent", "xref", "flags", "source",
  ]

  private var isOfNames: Bool { column("name") != nil }

  /// Directives that nobody reads.
  var directiveProblems: [LexiconError] {
    // Of what the list is, its header says.
    guard columns.contains(where: { ["name", "form", "part"].contains($0) }) else { return [] }
    let known =
      isOfNames
      ? Self.nameColumns.filter { $0 != "name" && $0 != "aliases" } + ["table"]
      : ["table", "class", "kind", "match"] + columns
    return directiveLines.filter { !known.contains($0.key) }.sorted { $0.value < $1.value }.map { key, line in
      LexiconError(
        file: path, line: line,
        reason: "directive '\(key)' is unknown here; known are \(known.joined(separator: ", "))")
    }
  }

  /// Columns of a list of names that nobody reads.
  var columnProblems: [LexiconError] {
    guard isOfNames else { return [] }
    return columns.filter { !Self.nameColumns.contains($0) && !$0.isEmpty }.map { column in
      LexiconError(
        file: path, line: headerLine,
        reason:
          "column '\(column)' is unknown in a list of names; known are \(Self.nameColumns.joined(separator: ", "))")
    }
  }

  /// Classes with a name that no rule can write.
  var classNameProblems: [LexiconError] {
    guard let (name, _) = LexiconCompiler.classColumn(of: self) else { return [] }
    var problems: [LexiconError] = []
    if let reason = Self.problem(ofClasses: directives[name] ?? "") {
      problems.append(LexiconError(file: path, line: directiveLines[name] ?? 0, reason: reason))
    }
    guard let column = column(name) else { return problems }
    var last = 0..<0
    for row in 0..<count where !text[range(row, column)].elementsEqual(text[last]) {
      last = range(row, column)
      guard let reason = Self.problem(ofClasses: cell(row, column)) else { continue }
      problems.append(problem(row, column: column, reason))
    }
    return problems
  }

  private static func problem(ofClasses names: String) -> String? {
    let strange = names.split(separator: " ").first { name in
      !name.unicodeScalars.allSatisfy { RulePatternParser.isNameScalar($0) || $0 == "-" }
    }
    return strange.map { "'\($0)' is no class name; use letters, digits and hyphens, and a space between two classes" }
  }

  /// Whether any of the words has a class, or any part of a name a kind.
  var hasClasses: Bool {
    guard let (name, _) = LexiconCompiler.classColumn(of: self) else { return true }
    if directives[name]?.isEmpty == false { return true }
    return column(name).map { column in (0..<count).contains { !range($0, column).isEmpty } } ?? false
  }
}
