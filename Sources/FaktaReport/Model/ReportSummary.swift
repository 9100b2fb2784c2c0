/// What one article says, gathered by person, organization, place, speaker and day.
public struct ReportSummary: Sendable {
  /// A thing that is mentioned, once for all its mentions.
  public struct Thing: Sendable {
    public var name: String
    public var label: String
    /// Indices of its mentions in `ReportDocument.entities`, in text order.
    public var mentions: [Int]
    /// The offices a person holds in the article, each once: `Menteri Luar Negeri, Rusia`.
    public var roles: [String] = []
    /// How a place is used, each once.
    public var uses: [String] = []
  }

  public struct Speaker: Sendable {
    public var name: String
    /// Indices of statements in `ReportDocument.facts`.
    public var statements: [Int]
  }

  /// Most mentioned first; equal ones in text order.
  public var things: [Thing] = []
  /// In the order in which they first speak. Statements without a speaker stand under an empty name.
  public var speakers: [Speaker] = []
  /// Indices of dates that name days, earliest first, one for equal values.
  public var timeline: [Int] = []

  public init(_ document: ReportDocument) {
    gatherThings(document)
    gatherSpeakers(document)
    timeline = Self.timeline(document)
  }

  public func things(label: String) -> [Thing] { things.filter { $0.label == label } }

  private mutating func gatherThings(_ document: ReportDocument) {
    var index: [String: Int] = [:]
    for (i, entity) in document.entities.enumerated() {
      let key = entity.label + "\t" + entity.name
      if let at = index[key] {
        things[at].mentions.append(i)
      } else {
        index[key] = things.count
        things.append(Thing(name: entity.name, label: entity.label, mentions: [i]))
      }
      if let use = entity.use, !things[index[key]!].uses.contains(use) { things[index[key]!].uses.append(use) }
    }
    for fact in document.facts where fact.kind == "role" {
      guard let person = fact["person"], let role = Self.role(fact, in: document) else { continue }
      let name = document.name(of: person)
      guard let at = index["PER\t" + name], !things[at].roles.contains(role) else { continue }
      things[at].roles.append(role)
    }
    things = things.enumerated().sorted { a, b in
      (b.element.mentions.count, a.offset) < (a.element.mentions.count, b.offset)
    }.map(\.element)
  }

  /// `mantan Presiden, Rusia` as a line for a list of people.
  static func role(_ fact: ReportDocument.Fact, in document: ReportDocument) -> String? {
    guard let title = fact["title"] else { return nil }
    let affiliation = fact["affiliation"].map { ", " + document.name(of: $0) } ?? ""
    return document.line(title.span) + affiliation + (fact.isFormer ? " (former)" : "")
  }

  private mutating func gatherSpeakers(_ document: ReportDocument) {
    var index: [String: Int] = [:]
    for (i, fact) in document.facts.enumerated() where fact.kind == "statement" {
      let name = fact["speaker"].map { document.name(of: $0) } ?? ""
      if let at = index[name] {
        speakers[at].statements.append(i)
      } else {
        index[name] = speakers.count
        speakers.append(Speaker(name: name, statements: [i]))
      }
    }
  }

  private static func timeline(_ document: ReportDocument) -> [Int] {
    var seen: Set<String> = []
    return document.dates.indices
      .filter {
        document.dates[$0].from != nil && seen.insert(document.dates[$0].value + document.dates[$0].from!).inserted
      }
      .sorted { a, b in
        let (x, y) = (document.dates[a], document.dates[b])
        return (x.from!, x.to ?? "", x.value, x.span.start) < (y.from!, y.to ?? "", y.value, y.span.start)
      }
  }
}

extension ReportDocument {
  /// The canonical name of a slot that is an entity, else its words.
  public func name(of slot: Slot) -> String {
    if case .entity(let i) = slot.reference { return entities[i].name }
    return line(slot.span)
  }

  /// The quantity of a figure.
  public func quantity(of fact: Fact) -> Quantity? {
    if case .quantity(let i)? = fact["quantity"]?.reference { return quantities[i] }
    return nil
  }
}
