/// Finds figures of several articles that speak of the same thing and differ: who says 250.000, and who 300.000.
///
///     a1  merenggut 250.000 korban jiwa   Suriah, 2015-11-09   PBB
///     a2  merenggut 300.000 korban jiwa   Suriah, 2015-11-10   pemantau
///
/// Figures are of the same thing when the head of what they count, their unit and their place agree, and their days lie
/// at most `nearDays` apart. `orang` counts the dead and the saved: unless both say the same longer phrase, their
/// verbs must share a stem.
///
/// **Cost.** O(*n* log *n*) for *n* figures; inside a group each figure is compared with those of near days.
package struct FigureConflicts: Sendable {
  /// A figure with all that decides what it speaks of.
  package struct Claim: Sendable, Equatable {
    package var document: Int
    package var fact: Int
    package var day: Int
    fileprivate var low: Double
    fileprivate var high: Double
    fileprivate var item: String
    fileprivate var action: [Unicode.Scalar]
  }

  package struct Conflict: Sendable {
    package var head: String
    package var place: String
    package var unit: String
    /// By day, then by article; at least two articles and two values.
    package var claims: [Claim]
    /// Every claim can be true at once: "at least 100" and "120".
    package var isCompatible: Bool
  }

  package static let nearDays = 7

  /// - Returns: Real conflicts first, then those with more articles.
  package static func find(in documents: [ReportDocument]) -> [Conflict] {
    var groups: [Key: [Claim]] = [:]
    for (d, document) in documents.enumerated() {
      for (f, fact) in document.facts.enumerated() where fact.kind == "figure" {
        guard let (key, claim) = claim(fact, at: f, of: document, at: d) else { continue }
        groups[key, default: []].append(claim)
      }
    }
    var conflicts: [Conflict] = []
    for (key, claims) in groups where claims.count > 1 {
      for cluster in clusters(of: claims) {
        guard let conflict = conflict(key, cluster) else { continue }
        conflicts.append(conflict)
      }
    }
    return conflicts.sorted(by: precedes)
  }

  private struct Key: Hashable {
    var head: String
    var unit: String
    var place: String
  }

  /// An order of all conflicts, since the groups come in another one in each run.
  private static func precedes(_ a: Conflict, _ b: Conflict) -> Bool {
    func rank(_ c: Conflict) -> (Int, Int, String, String) {
      (c.isCompatible ? 1 : 0, -Set(c.claims.map(\.document)).count, c.head, c.place)
    }
    func place(_ c: Conflict) -> (String, Int, Int) { (c.unit, c.claims[0].document, c.claims[0].fact) }
    let (x, y) = (rank(a), rank(b))
    return x != y ? x < y : place(a) < place(b)
  }

  private static func claim(
    _ fact: ReportDocument.Fact, at index: Int, of document: ReportDocument, at position: Int
  ) -> (Key, Claim)? {
    guard fact["negation"] == nil, let quantity = document.quantity(of: fact), let head = quantity.head, !head.isEmpty,
      let place = fact["place"], let day = day(of: fact, in: document),
      let low = Double(quantity.low), let high = Double(quantity.high)
    else { return nil }
    let bounds = bounds(low, high, quantity.modifier)
    let key = Key(head: head.lowercased(), unit: quantity.unit ?? "", place: document.name(of: place).lowercased())
    let item = quantity.item.map { document.line($0).lowercased() } ?? ""
    let action = fact["action"].map { document.line($0.span).lowercased() } ?? ""
    return (
      key,
      Claim(
        document: position, fact: index, day: day, low: bounds.0, high: bounds.1, item: item,
        action: Array(action.unicodeScalars))
    )
  }

  /// The values that a claim allows.
  private static func bounds(_ low: Double, _ high: Double, _ modifier: String) -> (Double, Double) {
    switch modifier {
    case "approx": (low * 0.9, high * 1.1)
    case "at_least", "more_than": (low, .infinity)
    case "at_most", "less_than": (-.infinity, high)
    default: (low, high)
    }
  }

  /// The day of the figure's time, else of the article, counted from an arbitrary day.
  private static func day(of fact: ReportDocument.Fact, in document: ReportDocument) -> Int? {
    if case .date(let i)? = fact["time"]?.reference, let to = document.dates[i].to ?? document.dates[i].from {
      return dayNumber(to)
    }
    return document.referenceDate.flatMap(dayNumber)
  }

  /// Days of the Gregorian calendar since a fixed one; `nil` for text that is no `YYYY-MM-DD`.
  static func dayNumber(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let m = (month + 9) % 12
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day
  }

  /// Splits a group where days or verbs are far apart; each claim goes to the first cluster that takes it.
  private static func clusters(of claims: [Claim]) -> [[Claim]] {
    var open: [[Claim]] = []
    var closed: [[Claim]] = []
    for claim in claims.sorted(by: { ($0.day, $0.document, $0.fact) < ($1.day, $1.document, $1.fact) }) {
      closed += open.filter { claim.day - $0.last!.day > nearDays }
      open.removeAll { claim.day - $0.last!.day > nearDays }
      if let i = open.firstIndex(where: { isSameThing($0[0], claim) }) {
        open[i].append(claim)
      } else {
        open.append([claim])
      }
    }
    return closed + open
  }

  private static func isSameThing(_ a: Claim, _ b: Claim) -> Bool {
    if a.item == b.item, a.item.contains(" ") { return true }
    return a.action.isEmpty || b.action.isEmpty || shareStem(a.action, b.action)
  }

  /// Whether two words have four letters in a row in common: `tewas` and `menewaskan`.
  private static func shareStem(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    let size = 4
    guard a.count >= size, b.count >= size, a.count < 64, b.count < 64 else { return a == b }
    for i in 0...(a.count - size) {
      for k in 0...(b.count - size) where a[i..<i + size] == b[k..<k + size] { return true }
    }
    return false
  }

  private static func conflict(_ key: Key, _ claims: [Claim]) -> Conflict? {
    guard Set(claims.map(\.document)).count > 1 else { return nil }
    // What one article says twice is one claim.
    var distinct: [Claim] = []
    for claim in claims {
      let isKnown = distinct.contains { $0.document == claim.document && $0.low == claim.low && $0.high == claim.high }
      if !isKnown { distinct.append(claim) }
    }
    let first = distinct[0]
    guard distinct.contains(where: { $0.low != first.low || $0.high != first.high }) else { return nil }
    let low = distinct.map(\.low).max()!
    let high = distinct.map(\.high).min()!
    return Conflict(
      head: key.head, place: key.place, unit: key.unit, claims: distinct, isCompatible: low <= high)
  }
}
