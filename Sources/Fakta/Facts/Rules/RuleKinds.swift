/// Kinds that rules give to a stage and not to the reader, with the slots that the stage knows.
enum RuleKinds {
  /// Who speaks, or who is cited, at a cue; statements are built on it.
  static let attribution = "attribution"
  /// Words that only look like a cue.
  static let noAttribution = "no-attribution"

  /// The kinds in the order of their numbers: first those of facts that Fakta knows itself, as in `Fact.Kind`.
  static let known = ["figure", "role", "statement", "event", attribution, noAttribution]
  /// Their places in `known`.
  static let attributionNumber: Int32 = 4
  static let noAttributionNumber: Int32 = 5

  private static let slots: [String: [String]] = [
    attribution: ["cue", "speaker", "outlet", "time", "content", "next"], noAttribution: ["cue"],
  ]

  /// Refuses slots that the stage would not read.
  static func check(_ rule: RuleSource) throws(LexiconError) {
    guard let known = slots[rule.kind] else { return }
    func fail(_ reason: String) -> LexiconError {
      LexiconError(file: rule.file, line: rule.givesLine, reason: "'\(rule.kind)' \(reason)")
    }
    if let strange = rule.slots.first(where: { !known.contains($0.slot) }) {
      throw fail("has no slot '\(strange.slot)'; its slots are \(known.joined(separator: ", "))")
    }
    if rule.slots.first?.slot != known[0] {
      throw fail("begins with the slot '\(known[0])', whose words it claims; write \(rule.kind)(\(known[0]), …)")
    }
    if let flag = rule.flags.first { throw fail("knows no '\(flag.flag)'; remove it") }
  }
}
