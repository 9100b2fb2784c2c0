import FaktaTestSupport
import Testing

@testable import Fakta

@Suite struct QuantityTests {
  /// Every sentence of the corpus gets exactly the quantities that its author marked.
  @Test(arguments: try Corpus.read("id/quantities.txt"))
  func corpus(_ example: Example) throws {
    let document = try TestLexicon.annotate(example.text, layers: [.quantities], date: example.date)
    let found = document.quantities.map { quantity in
      let range = codePoints(of: quantity.span, in: document)
      return Example.Mark(
        text: document.rawText(of: quantity.span), note: Self.note(quantity, document), start: range.lowerBound,
        end: range.upperBound)
    }
    #expect(found == example.marks.map(Self.ordered), "\(example)")
  }

  /// The note of a quantity as the corpus writes it.
  static func note(_ quantity: Quantity, _ document: Document) -> String {
    var note = "q \(decimal(quantity.low))"
    if quantity.isRange { note += "..\(decimal(quantity.high))" }
    if quantity.kind != .count { note += " kind=\(quantity.kind)" }
    if !quantity.unit.isEmpty { note += " unit=\(quantity.unit)" }
    if quantity.modifier != .exact { note += " modifier=\(modifiers[quantity.modifier]!)" }
    if !quantity.item.isNone {
      let item = document.rawText(of: quantity.item)
      note += " item=\(quoted(item))"
      let head = document.rawText(of: TokenSpan(Int(quantity.head), Int(quantity.head) + 1))
      if quantity.head != quantity.item.start { note += " head=\(quoted(head))" }
    }
    if !quantity.classifier.isNone { note += " classifier=\(quoted(document.rawText(of: quantity.classifier)))" }
    if !quantity.per.isNone { note += " per=\(quoted(document.rawText(of: quantity.per)))" }
    return note
  }

  static let modifiers: [Quantity.Modifier: String] = [
    .approx: "approx", .atLeast: "at_least", .atMost: "at_most", .moreThan: "more_than", .lessThan: "less_than",
  ]

  static func decimal(_ value: ExactDecimal) -> String {
    var out = JSONBuffer(JSONMemory())
    out.append(value)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    text.contains(" ") || text.contains(")") ? "\"\(text)\"" : text
  }

  /// The mark with its facts in the order of `note`; authors may write them in any.
  private static func ordered(_ mark: Example.Mark) -> Example.Mark {
    let values = mark.values
    var note = mark.words.joined(separator: " ")
    for key in Corpus.keys["id/quantities.txt"]! {
      if let value = values[key] { note += " \(key)=\(quoted(value))" }
    }
    return Example.Mark(text: mark.text, note: note, start: mark.start, end: mark.end)
  }

  @Test func boilerplateCountsOnlyOnDemand() throws {
    var pipeline = try Pipeline(lexicon: TestLexicon.shared, layers: [.quantities])
    var document = Document()
    let text = "Sebanyak 12 warga mengungsi.\n\nBaca juga: 5 Kota Paling Ramai\n\nMereka tidur di dua tenda."
    for (all, count) in [(false, 2), (true, 3)] {
      document.includesBoilerplate = all
      document.reset(text: Array(text.utf8))
      pipeline.annotate(&document)
      #expect(document.quantities.count == count)
    }
  }

  /// Measures come with their value in SI units where the factor is exact.
  @Test(arguments: [
    ("Jalan itu membentang 30 km.", "30000 m"), ("Polisi menyita 2,5 kuintal beras.", "250 kg"),
    ("Kebakaran menghanguskan 200 hektare lahan.", "2000000 m2"),
    ("Kapal itu berada 12 mil dari pantai.", "19312.128 m"),
    ("Suhu udara mencapai 38 derajat Celsius.", "311.15 K"), ("Suhu turun hingga -5 derajat Celsius.", "268.15 K"),
    ("Kilang itu mengolah 1 barel minyak.", "0.158987294928 m3"),
    ("Rumah itu memakai 300 kWh listrik.", "1080000000 J"),
    ("Mobil itu melaju 120 km per jam.", ""), ("Gempa berkekuatan 5,6 SR mengguncang Lombok.", ""),
  ])
  func siValue(_ text: String, _ wanted: String) throws {
    let document = try TestLexicon.annotate(text, layers: [.quantities])
    let quantity = try #require(document.quantities.first)
    #expect((quantity.siUnit.isEmpty ? "" : "\(Self.decimal(quantity.si)) \(quantity.siUnit)") == wanted)
  }

  /// Numbers inside names and dates are theirs, whatever word follows.
  @Test(arguments: [
    "Anggota SMA Negeri 3 Bandung menyumbang 40 selimut.", "Pada 9 November 2015 warga menyumbang 40 selimut.",
  ])
  func numbersInsideNamesAreNoQuantities(_ text: String) throws {
    let document = try TestLexicon.annotate(text, layers: [.quantities])
    #expect(document.quantities.map { document.rawText(of: $0.span) } == ["40"])
  }
}
