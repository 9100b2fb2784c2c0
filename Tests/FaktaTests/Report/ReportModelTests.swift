import Testing

@testable import FaktaReport

@Suite struct FigureFormatTests {
  @Test(arguments: [
    ("27", "27"), ("1250", "1250"), ("250000", "250 000"), ("1200000000000", "1.2 trillion"),
    ("1.2e12", "1.2 trillion"),
    ("1234567", "1 234 567"), ("12500000000", "12.5 billion"), ("0.5", "0.5"), ("-3", "-3"), ("", ""), ("x", "x"),
    ("1e400", "1e400"), ("2000000", "2 million"),
  ])
  func number(_ json: String, _ shown: String) {
    #expect(FigureFormat.number(json) == shown)
  }
}

@Suite struct FigureConflictTests {
  /// A document with one figure: `value` dead at a place.
  private func article(
    _ id: String, _ value: String, day: String = "2024-03-05", action: String = "tewas", place: String = "Teluk",
    modifier: String = "exact", unit: String? = nil
  ) throws -> ReportDocument {
    let text = "\(action) \(value) orang di \(place)"
    func span(_ part: String) -> String {
      let start = text.unicodeScalars.count - text[text.range(of: part)!.lowerBound...].unicodeScalars.count
      return #""start":\#(start),"end":\#(start + part.unicodeScalars.count),"text":"\#(part)""#
    }
    return try ReportCorpus.read(
      """
      {"id":"\(id)","text":"\(text)","reference_date":"\(day)",
       "entities":[{"id":"e1","label":"LOC",\(span(place)),"name":"\(place)"}],
       "quantities":[{"id":"q1","kind":"count",\(span(value)),"value":\(value),"modifier":"\(modifier)","unit":\(unit.map { "\"\($0)\"" } ?? "null"),"item":{\(span("orang")),"head":"orang"}}],
       "facts":[{"kind":"figure","quantity":{\(span(value)),"ref":"q1"},"place":{\(span(place)),"ref":"e1"},"action":{\(span(action))}}]}
      """)
  }

  @Test func differentValuesOfTheSameThing() throws {
    let found = FigureConflicts.find(in: [try article("a", "27"), try article("b", "31", day: "2024-03-07")])
    #expect(found.map(\.head) == ["orang"])
    #expect(found[0].claims.map(\.document) == [0, 1])
    #expect(!found[0].isCompatible)
  }

  @Test func agreementIsNoConflict() throws {
    #expect(FigureConflicts.find(in: [try article("a", "27"), try article("b", "27")]).isEmpty)
  }

  @Test func otherPlaceDayOrVerbIsAnotherThing() throws {
    let first = try article("a", "27")
    #expect(FigureConflicts.find(in: [first, try article("b", "31", place: "Bukit")]).isEmpty)
    #expect(FigureConflicts.find(in: [first, try article("b", "31", day: "2024-03-20")]).isEmpty)
    #expect(FigureConflicts.find(in: [first, try article("b", "31", action: "luka")]).isEmpty)
    #expect(FigureConflicts.find(in: [first, try article("b", "31", action: "menewaskan")]).count == 1)
  }

  /// Groups have no order of their own: what differs in nothing but its unit or fact must have one all the same.
  @Test func theOrderIsAlwaysTheSame() throws {
    let units = ["kg", "l", "m", "s", "t", "ha", "km", "g"]
    let documents = try ["27", "31"].map { value in
      var document = try article("a", value, unit: units[0])
      let (quantity, fact) = (document.quantities[0], document.facts[0])
      for (i, unit) in units.enumerated().dropFirst() {
        document.quantities.append(quantity)
        document.quantities[i].unit = unit
        document.facts.append(fact)
        for s in fact.slots.indices where fact.slots[s].name == "quantity" {
          document.facts[i].slots[s].reference = .quantity(i)
        }
      }
      return document
    }
    #expect(FigureConflicts.find(in: documents).map(\.unit) == units.sorted())
  }

  @Test func boundsThatMeetAreCompatible() throws {
    let found = FigureConflicts.find(in: [try article("a", "27"), try article("b", "20", modifier: "at_least")])
    #expect(found.map(\.isCompatible) == [true])
  }

  @Test func dayNumbers() {
    #expect(FigureConflicts.dayNumber("2024-03-01")! - FigureConflicts.dayNumber("2024-02-28")! == 2)
    #expect(FigureConflicts.dayNumber("2023-01-01")! - FigureConflicts.dayNumber("2022-12-31")! == 1)
    for text in ["", "2024", "2024-13-01", "x-y-z", "99999999999999999999-01-01"] {
      #expect(FigureConflicts.dayNumber(text) == nil)
    }
  }
}

@Suite struct ComparisonTests {
  @Test func sameIsSame() throws {
    let articles = try ReportCorpus.articles()
    let comparison = Comparison(articles, articles)
    #expect(comparison.entries.allSatisfy { $0.changes.isEmpty })
    #expect(comparison.unchanged(.entities) == 18)
  }

  @Test func changesByLayer() throws {
    let old = try ReportCorpus.articles()
    var new = old
    new[0].entities[0].label = "ORG"
    new[0].quantities.removeLast()
    new[1].dates.append(new[0].dates[0])
    let comparison = Comparison(old, new)
    #expect(comparison.count(.changed, .entities) == 1)
    #expect(comparison.count(.removed, .quantities) == 1)
    #expect(comparison.count(.added, .dates) == 1)
    let change = comparison.entries[0].changes[0]
    #expect(change.words == "BATU KARANG")
    #expect(change.before == "LOC = Batu Karang, place")
    #expect(change.after == "ORG = Batu Karang, place")
  }

  @Test func documentsThatComeAndGo() throws {
    let articles = try ReportCorpus.articles()
    let comparison = Comparison([articles[0], articles[1]], [articles[1], articles[2]])
    #expect(comparison.entries.map(\.id) == ["feri-2", "festival", "feri-1"])
    #expect(comparison.entries[1].old == nil)
    #expect(comparison.entries[2].new == nil)
  }

  @Test func anotherTextIsSaid() throws {
    let old = try ReportCorpus.articles()[0]
    var new = old
    new.scalars.append("!")
    #expect(Comparison([old], [new]).entries[0].textDiffers)
  }

  @Test func linesForTheTerminal() throws {
    let old = try ReportCorpus.articles()
    var new = old
    new[0].entities.removeFirst()
    let view = TerminalView(style: TerminalStyle(usesColor: false, width: 80))
    let lines = view.lines(for: Comparison(old, new))
    #expect(lines[0] == "1 of 3 documents differ")
    #expect(lines.last == "  - entities 0:11 “BATU KARANG” LOC = Batu Karang, place")
  }
}
