import Fakta

/// The facts of a document as marks of a corpus (`Tests/Corpora/id/roles.txt` and its neighbours).
public enum FactMarks {
  /// What each corpus marks: the slot under the mark, and the slots in the note.
  public static let layout: [String: (mark: String, slots: [String], flags: [String])] = [
    "figure": ("quantity", ["action", "actor", "place", "time", "source", "negation"], []),
    "role": ("title", ["person", "affiliation"], ["former"]),
    "statement": ("content", ["speaker", "cue", "outlet", "time"], ["quoted"]),
    "event": ("action", ["subject", "object", "time", "relation", "negation"], []),
  ]

  /// A mark in one order of keys: the marked text, then `key=text` of every filled slot, then the flags.
  public static func normal(kind: String, text: String, values: [String: String], flags: Set<String>) -> String {
    let layout = Self.layout[kind]!
    let slots = layout.slots.compactMap { name in values[name].map { "\(name)=\($0)" } }
    return "[\(text)] " + (slots + layout.flags.filter { flags.contains($0) }).joined(separator: " ")
  }

  /// The marks that the example's author wrote.
  public static func expected(_ example: Example, kind: String) -> [String] {
    example.marks.map { normal(kind: kind, text: $0.text, values: $0.values, flags: Set($0.words)) }.sorted()
  }

  /// The marks of the facts that were found.
  public static func found(_ document: Document, kind: String, _ lexicon: Lexicon) -> [String] {
    document.factRows(lexicon).filter { $0.kind == kind }.map { row in
      var values: [String: String] = [:]
      for name in layout[kind]!.slots { values[name] = row.text(name) }
      let flags = layout[kind]!.flags.filter { row.text($0) == "true" }
      return normal(kind: kind, text: row.text(layout[kind]!.mark) ?? "", values: values, flags: Set(flags))
    }.sorted()
  }
}
