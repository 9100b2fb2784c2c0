import Fakta
import Testing

@testable import FaktaReport

@Suite struct AnnotationReaderTests {
  @Test func readsEveryLayer() throws {
    let ferry = try ReportCorpus.articles()[0]
    #expect(ferry.id == "feri-1")
    #expect(ferry.title == "Feri Sinar Pagi Tenggelam di Selat Lembayung")
    #expect(ferry.regions.map(\.kind) == ["dateline", "boilerplate", "byline"])
    #expect(ferry.entities.map { ferry.text($0.span) }.prefix(3) == ["BATU KARANG", "Harian Teluk", "Selat Lembayung"])
    #expect(ferry.dates[0].value == "2024-03-04")
    #expect(ferry.quantities.map { FigureFormat.value(of: $0) } == ["27", "112", "≈ 15", "IDR 12.5 billion", "2"])
    #expect(ferry.facts.count == 10)
  }

  @Test func slotsKnowTheirAnnotation() throws {
    let ferry = try ReportCorpus.articles()[0]
    let figure = ferry.facts[0]
    #expect(figure["quantity"]?.reference == .quantity(0))
    #expect(figure["source"].map { ferry.name(of: $0) } == "Rahmat Hidayat")
    #expect(figure["action"]?.reference == ReportDocument.Reference.none)
  }

  /// Documents written by hand have no ids: the same span is the same thing.
  @Test func slotsWithoutReferencesAreTiedBySpan() throws {
    let document = try ReportCorpus.read(
      #"""
      {"text":"Budi tiba","entities":[{"label":"PER","start":0,"end":4,"text":"Budi"}],
       "facts":[{"kind":"event","subject":{"start":0,"end":4,"text":"Budi"},"action":{"start":5,"end":9,"text":"tiba"}}]}
      """#)
    #expect(document.facts[0]["subject"]?.reference == .entity(0))
    #expect(document.entities[0].name == "Budi")
  }

  @Test(arguments: [("2", "6"), ("3", "7"), ("5", "9")])
  func unitOfOffsetsIsFound(_ start: String, _ end: String) throws {
    // A flower is 1 code point, 2 UTF-16 units, 4 bytes.
    let document = try ReportCorpus.read(
      #"{"text":"🌸 Budi","entities":[{"label":"PER","start":\#(start),"end":\#(end),"text":"Budi","name":"Budi"}]}"#)
    #expect(document.text(document.entities[0].span) == "Budi")
  }

  @Test func textThatWasNotWrittenIsRestoredFromSpans() throws {
    let document = try ReportCorpus.read(
      #"{"fakta":"1","id":"a","entities":[{"label":"PER","start":4,"end":8,"text":"Budi","name":"Budi"}]}"#)
    #expect(!document.hasText)
    #expect(document.text(ReportSpan(0, 8)) == "    Budi")
  }

  @Test func offsetsOutsideOfTheTextAreClipped() throws {
    let document = try ReportCorpus.read(
      #"""
      {"text":"abc","entities":[{"label":"PER","start":-5,"end":2},{"label":"PER","start":2,"end":99999999999},
       {"label":"PER","start":3,"end":1},{"label":"PER","start":"x","end":null}]}
      """#)
    #expect(document.entities.map(\.span) == [ReportSpan(0, 2), ReportSpan(2, 3), ReportSpan(3, 3), ReportSpan(0, 0)])
  }

  /// Offsets may be anything, also where there is no text to clip them to.
  @Test func offsetsThatNoTextHas() throws {
    let document = try ReportCorpus.read(
      #"""
      {"fakta":"1","entities":[{"label":"PER","start":1,"end":-9223372036854775808,"text":"a","name":"a"},
       {"label":"PER","start":-9223372036854775808,"end":9223372036854775807,"text":"b","name":"b"},
       {"label":"PER","start":9223372036854775807,"end":0,"text":"c","name":"c"}]}
      """#)
    #expect(document.entities.map(\.span) == [ReportSpan(0, 0), ReportSpan(0, 0), ReportSpan(0, 0)])
  }

  @Test func valuesOfOtherTypesAreAbsent() throws {
    let document = try ReportCorpus.read(
      #"{"id":7,"text":null,"meta":[],"regions":{},"entities":[1,"x",{}],"facts":[{"kind":[]}],"quantities":[{"value":"x"}]}"#
    )
    #expect(document.entities.count == 1)
    #expect(document.quantities[0].low == "")
    #expect(document.id == "")
  }

  @Test func articleWithoutAnnotationsIsNone() throws {
    #expect(try AnnotationReader.read(Array(#"{"id":"a","text":"Budi"}"#.utf8)) == nil)
  }

  @Test func failureRecordSaysWhy() throws {
    let document = try ReportCorpus.read(#"{"fakta":"1","id":"a","error":{"code":"x","message":"broken line"}}"#)
    #expect(document.failure == "broken line")
  }

  @Test func brokenLineThrowsWithItsPlace() {
    let error = #expect(throws: JSONError.self) { try AnnotationReader.read(Array(#"{"fakta":"1",}"#.utf8)) }
    #expect(error?.offset == 13)
  }

  @Test func fileIsSplitIntoObjects() {
    let values = { (text: String) in
      AnnotatedFile.values(in: Array(text.utf8)).map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }
    #expect(values("{\"a\":1}\n\n{\n \"b\":2\n}\n") == ["{\"a\":1}", "{\n \"b\":2\n}"])
    #expect(values("[{\"a\":1},\n{\"b\":2}]") == ["{\"a\":1}", "{\"b\":2}"])
    #expect(values("{\"a\":1}\n{broken\n{\"b\":2}\n") == ["{\"a\":1}", "{broken", "{\"b\":2}"])
    #expect(values("") == [])
  }
}
