import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// `--where` and `--entity`, as a user calls them: nothing matches, or does not, by mistake.
@Suite struct FilterCommandTests {
  let program: Program

  init() throws {
    program = try Program()
    let texts = [
      "Jokowi mengatakan 12 orang tewas di Bogor pada 3 Januari 2017. Perry Warjiyo membeli 1.500.000 ton beras.",
      "Presiden Joko Widodo menangkap 3 pencuri di Jakarta, Senin (9/11/2015). Persija Jakarta membeli 5 bus.",
      "Anggota Dewan Perwakilan Rakyat menyita Rp 1,2 miliar. Bank Indonesia membeli 6 ton emas. Realisasi naik 9 persen.",
      "DPR mengesahkan 8 undang-undang. Indonesia membeli 7 kapal.",
    ]
    let records = texts.enumerated().map { "{\"id\":\"\($0.offset + 1)\",\"text\":\"\($0.element)\"}\n" }
    try program.write(records.joined(), to: "a.ndjson")
  }

  private func facts(_ arguments: String...) throws -> Program.Result {
    try program.run(["facts", "a.ndjson", "--to", "ndjson"] + arguments)
  }

  /// The quantities of the facts that are shown.
  private func quantities(_ result: Program.Result) throws -> [String] {
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    return try result.documents().compactMap { $0["quantity"] as? String }
  }

  static let refusals: [(condition: String, message: String)] = [
    (
      "value>1.000.000",
      "7: '1.000.000' is no number; write digits, a point only before decimals, such as 1000000, 1.5 or 1e9"
    ),
    ("value>1,5", "7: '1,5' is no number"), ("value>1_000_000", "7: '1_000_000' is no number"),
    ("unit=t and value > abc", "20: 'abc' is no number"), ("value>nan", "7: 'nan' is no number"),
    ("value>1.000", "7: '1.000' is thousands to some and decimals to others; write 1000 or 1.0000"),
    ("sentence=satu", "10: 'satu' is no number"),
    ("value==\"12\"", "6: '==' is no operator; write one of = != < <= > >= ~"), ("value=>5", "6: '=>' is no operator"),
    (
      "from>=kemarin",
      "7: 'kemarin' is no day; write year, month and day (2015-11-09), a month (2015-11) or a year (2015)"
    ),
    ("from=2017-13", "6: '2017-13' is no day"), ("to=2017-02-30", "4: '2017-02-30' is no day"),
    ("kind=foo", "6: kind is never 'foo'; write figure, role, statement, event"),
    ("relation=bla", "10: relation is never 'bla'; write at, since, until, before, after, during"),
    ("quoted=yes", "8: quoted is never 'yes'; write true, false"),
    ("former=false", "8: former is never 'false'; write former or not former"),
    ("measures=uang", "10: measures is never 'uang'; write count, money, percent, measure, age, ordinal, score"),
    ("modifier=about", "10: modifier is never 'about'; write approx, at_least, at_most, more_than, less_than"),
    ("actor>5", "7: '>' compares numbers and days, and actor holds words; write =, != or ~"),
    ("quantity>5", "10: '>' compares numbers and days, and quantity holds words; compare value, low or high"),
    ("time<2016", "6: '<' compares numbers and days, and time holds words; compare from or to"),
    ("foo=1", "1: no fact has a 'foo'; write one of id, document, sentence, kind, quantity, "),
    (
      "unit=rupiah",
      "6: unit is never 'rupiah'; write a code, such as IDR, USD, %, kg or km (what is counted is the item)"
    ),
    ("value>1 and\nunit>IDR", "18: '>' compares numbers and days, and unit holds words; write =, != or ~"),
  ]

  @Test(arguments: refusals.indices) func whatNoFactHolds(_ i: Int) throws {
    let (condition, message) = Self.refusals[i]
    let result = try facts("--where", condition)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains("--where:\(message)"), "\(result.errors)")
    #expect(result.errors.hasSuffix("See 'fakta facts --help' for more information.\n"))
  }

  static let conditions: [(condition: String, quantities: [String])] = [
    ("value=\"12\"", ["12"]), ("value>=1.5e6", ["1.500.000 ton", "Rp 1,2 miliar"]), ("value=0.125", []),
    ("from=2017-01", ["12"]), ("from=2017", ["12"]), ("from<=2015-11", ["3"]), ("to>2015", ["12"]),
    ("from>2015-11-08 and from<2016", ["3"]), ("kind=FIGURE and measures=Money", ["Rp 1,2 miliar"]),
    ("unit=idr", ["Rp 1,2 miliar"]), ("unit=%", ["9 persen"]), ("value>1\n  and\n\tunit=IDR\n", ["Rp 1,2 miliar"]),
    // An id is no number.
    ("document=1 and quantity=12", ["12"]), ("document=01", []), ("document=1.0", []),
  ]

  @Test(arguments: conditions.indices) func whatFactsHold(_ i: Int) throws {
    #expect(try quantities(facts("--where", Self.conditions[i].condition)) == Self.conditions[i].quantities)
  }

  /// Days are compared as days, however they are written.
  @Test func daysOfOneDigit() throws {
    #expect(try quantities(facts("--from", "2015-11-9", "--to-day", "2015-11-30")) == ["3"])
    let result = try facts("--from", "2015-11-30", "--to-day", "2015-11-9")
    #expect(result.status == 64)
    #expect(result.errors.contains("--from 2015-11-30 is later than --to-day 2015-11-09; no fact lies between them"))
  }

  @Test func severalConditionsMustAllHold() throws {
    #expect(try quantities(facts("--where", "value>4", "--where", "value<6 or value=9")) == ["5", "9 persen"])
    let result = try facts("--where", "value>4", "--where", "kind=foo")
    #expect(result.status == 64 && result.errors.contains("--where 'kind=foo':6: kind is never 'foo'"))
  }

  static let entities: [(names: [String], quantities: [String])] = [
    (["PER"], []), (["ali"], []), (["Perry"], ["1.500.000 ton"]), (["perry warjiyo"], ["1.500.000 ton"]),
    (["Jokowi"], ["12", "3"]), (["Joko Widodo"], ["12", "3"]), (["per:joko-widodo"], ["12", "3"]),
    (["DPR"], ["Rp 1,2 miliar", "8"]), (["Dewan Perwakilan Rakyat"], ["Rp 1,2 miliar", "8"]),
    (["Indonesia"], ["7"]), (["country:id"], ["7"]), (["bank indonesia"], ["6 ton"]), (["BI"], ["6 ton"]),
    (["Jokowi", "country:id"], ["12", "3", "7"]), (["Persija"], ["5"]),
  ]

  @Test(arguments: entities.indices) func things(_ i: Int) throws {
    let options = Self.entities[i].names.flatMap { ["--entity", $0] }
    let result = try program.run(["facts", "a.ndjson", "--to", "ndjson", "--kind", "figure"] + options)
    #expect(try quantities(result) == Self.entities[i].quantities, "\(Self.entities[i].names)")
  }

  @Test(arguments: ["facts", "inspect"]) func nobody(_ command: String) throws {
    for name in ["", " ", "..."] {
      let result = try program.run(command, "a.ndjson", "--entity", name)
      #expect(result.status == 64 && result.output == "")
      #expect(
        result.errors.contains("--entity '\(name)' names nobody; write a name or an id, such as Lavrov or country:id"))
    }
  }

  /// `inspect` finds the same things, in articles and in documents.
  @Test func inspectThings() throws {
    #expect(try program.shell("$FAKTA annotate a.ndjson > b.ndjson").status == 0)
    for file in ["a.ndjson", "b.ndjson"] {
      let long = try program.run("inspect", file, "--entity", "Joko Widodo")
      #expect(long.output.contains("[Jokowi/PER]") && long.output.contains("[Joko Widodo/PER]"))
      #expect(try program.run("inspect", file, "--entity", "Jokowi").output == long.output)
      let none = try program.run("inspect", file, "--entity", "PER", "--entity", "ali")
      #expect(none.status == 0 && none.output.contains("nothing here is called “PER”, “ali”"), "\(none.output)")
    }
    // Documents need no lists.
    let alone = try program.run(
      "inspect", "b.ndjson", "--entity", "jokowi", environment: ["FAKTA_GAZETTEERS": "/tiada"])
    #expect(alone.status == 0 && alone.errors == "" && alone.output.contains("[Jokowi/PER]"))
  }
}
