import FaktaTestSupport
import Testing

@testable import Fakta

/// Rows, conditions, tables and explanations of facts.
@Suite struct FactReportTests {
  static let text =
    "KPK menyita Rp 1,2 miliar di Bogor pada Senin (9/11/2015). Polisi menangkap 3 pencuri. \"Harga naik 5 persen,\" kata Budi Santoso."

  static func rows() throws -> [FactRow] {
    try TestLexicon.annotate(text, date: CalendarDay(2015, 11, 10)).factRows(TestLexicon.shared, id: "a")
  }

  static let conditions: [(String, [String])] = [
    ("unit=IDR and value>1e9", ["Rp 1,2 miliar"]),
    ("value<10", ["3", "5 persen"]),
    ("not unit", ["3"]),
    ("actor~pol or source~budi", ["3", "5 persen"]),
    ("place=bogor", ["Rp 1,2 miliar"]),
    ("(unit=% or unit=IDR) and not place=Bogor", ["5 persen"]),
    ("from>=2015-11-09", ["Rp 1,2 miliar"]),
    ("source=\"Budi Santoso\"", ["5 persen"]),
    ("measures!=count", ["Rp 1,2 miliar", "5 persen"]),
  ]

  @Test(arguments: conditions.indices)
  func condition(_ i: Int) throws {
    let filter = try FactFilter(Self.conditions[i].0)
    let found = try Self.rows().filter { $0.kind == "figure" && filter.accepts($0) }.compactMap { $0.text("quantity") }
    #expect(found == Self.conditions[i].1, "\(Self.conditions[i].0)")
  }

  static let problems: [(String, String)] = [
    ("", "--where:1: a condition is missing; write field=word"),
    ("unit=IDR value>1", "--where:10: 'value>1' does not fit here; join conditions with 'and' or 'or'"),
    ("(unit=IDR", "--where:1: '(' is not closed; write ')'"),
    ("unit=", "--where:6: nothing stands behind '='; write a word, a number or \"several words\""),
    ("=5", "--where:1: '=' is no field; write a slot or value, such as actor or unit"),
    ("actor=\"Budi", "--where:7: \" is not closed; write \" again"),
    (
      String(repeating: "(", count: 50_000),
      "--where:101: more than 100 brackets and 'not' are open here; write fewer"
    ),
  ]

  @Test(arguments: problems.indices)
  func problem(_ i: Int) {
    let error = #expect(throws: FactFilter.Problem.self) { try FactFilter(Self.problems[i].0) }
    #expect(error?.description == Self.problems[i].1)
  }

  @Test func fieldsThatNoFactHas() throws {
    let known = TestLexicon.shared.factFields
    try FactFilter("unit=IDR and (actor~polisi or not place)").check(known)
    let error = #expect(throws: FactFilter.Problem.self) {
      try FactFilter("value>1 and unti=IDR").check(known)
    }
    #expect(error?.column == 13)
    #expect(
      error?.reason.hasPrefix("no fact has a 'unti'; write one of id, document, sentence, kind, quantity, ") == true)
    for row in try Self.rows() {
      for name in row.slots.map(\.name) + row.values.map(\.name) {
        #expect(known.contains { $0.name == name }, "\(name)")
      }
    }
  }

  @Test func selection() throws {
    let document = try TestLexicon.annotate(Self.text, date: CalendarDay(2015, 11, 10))
    func kinds(_ selection: FactSelection) -> [String] {
      selection.rows(of: document, TestLexicon.shared).map(\.kind)
    }
    var selection = FactSelection()
    selection.names = try NameQuery(["budi"])
    #expect(kinds(selection) == ["figure", "statement"])
    selection = FactSelection()
    selection.from = CalendarDay(2015, 11, 10)
    #expect(kinds(selection).isEmpty)
    selection.from = CalendarDay(2015, 11, 1)
    selection.to = CalendarDay(2015, 11, 9)
    #expect(kinds(selection) == ["figure"])
  }

  @Test func tables() throws {
    let rows = try Self.rows()
    func written(_ format: FactTable.Format) -> [String] {
      var out: [UInt8] = []
      let table = FactTable(format: format, width: 60)
      table.appendHeader(to: &out)
      table.append(rows, to: &out)
      return String(decoding: out, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    #expect(written(.csv).count == rows.count + 1)
    #expect(written(.tsv)[1].hasPrefix("a\t1\tfigure\tRp 1,2 miliar\tmenyita\tKPK\t"))
    #expect(written(.csv)[1].hasPrefix("a,1,figure,\"Rp 1,2 miliar\",menyita,KPK,"))
    #expect(
      written(.ndjson)[0].hasPrefix(
        "{\"document\":\"a\",\"sentence\":1,\"kind\":\"figure\",\"quantity\":\"Rp 1,2 miliar\""))
    for line in written(.table) { #expect(line.count <= 60, "\(line)") }
  }

  /// A user's slot may have the name of a number and hold words: JSON has it in quotation marks.
  @Test func slotsWithNamesOfValues() throws {
    let lexicon = try RuleTests.lexicon(
      """
      rule sita
        find   menyita value:<money>
        gives  penyitaan(value)
        yes    x
        no     y
      """)
    let document = try RuleTests.annotate("KPK menyita Rp 5 miliar.", lexicon)
    var out: [UInt8] = []
    FactTable(format: .ndjson).append(document.factRows(lexicon).filter { $0.kind == "penyitaan" }, to: &out)
    #expect(String(decoding: out, as: UTF8.self).contains(",\"value\":\"Rp 5 miliar\",\"measures\":\"money\","))
  }

  /// All that facts may hold has its column, once.
  @Test func columnsAreComplete() {
    let slots = (0..<UInt16(SlotName.builtInNames.count)).map { FactColumn.slot(SlotName(raw: $0)) }
    for column in slots + FactValue.allCases.map(FactColumn.value) {
      #expect(FactColumn.all.count { $0 == column } == 1, "\(column.name)")
    }
    #expect(FactColumn.all.count == 3 + slots.count + FactValue.allCases.count)
  }

  /// A cell that a spreadsheet would run as a formula is defused; a negative number stays one.
  @Test func formulaCells() {
    var row = FactRow(document: "=1+1", number: 1)
    row.kind = "-5"
    var out: [UInt8] = []
    FactTable(format: .csv).append([row], to: &out)
    #expect(String(decoding: out, as: UTF8.self).hasPrefix("'=1+1,0,-5,"))
  }

  @Test func explanation() throws {
    let lexicon = try RuleTests.lexicon(
      """
      rule tangkap
        find   pelaku:<ORG> menangkap korban:<PER>
        gives  penangkapan(pelaku, korban)
        yes    x
        no     y
      """)
    let document = try RuleTests.annotate("KPK menangkap seorang pencuri. Menteri Keuangan Sri Mulyani hadir.", lexicon)
    var explanation = FactExplanation(lexicon: lexicon)
    let miss = explanation.lines(for: 4..<13, in: document)
    #expect(miss.contains("fact       none uses these words"))
    #expect(
      miss.contains(
        "near miss  tangkap (my.rules:1) fitted \"KPK menangkap\", then wanted <PER> and found \"seorang\""),
      "\(miss)")
    let role = explanation.lines(for: 31..<47, in: document)
    #expect(role.contains { $0.hasPrefix("fact       f1 role, found by rule:id/rules/roles.rules:") }, "\(role)")
    #expect(role.contains("         * title \"Menteri Keuangan\""))
  }
}
