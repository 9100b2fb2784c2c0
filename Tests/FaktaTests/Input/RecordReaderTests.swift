import Testing

@testable import Fakta

@Suite struct RecordReaderTests {
  private func read(
    _ line: String, fields: RecordFields = RecordFields(), number: Int = 1
  ) throws(ReadFailure) -> Record {
    var reader = RecordReader(fields: fields)
    var record = Record()
    try reader.read(line: utf8(line).span, number: number, into: &record)
    return record
  }

  private func failure(_ line: String, number: Int = 1) -> ReadFailure? {
    do {
      _ = try read(line, number: number)
      return nil
    } catch { return error }
  }

  @Test func everyMember() throws {
    let record = try read(
      #"{"id": "a-1", "url":"https://a.id\/x", "text": "Kapal \"Jaya\"\nkaram", "title": "Ka\u0072am", "n": 1.50e1, "date": "2019-03-05", "tags": [ "a" , {"b":null} ]}"#
    )
    #expect(text(record.id) == "a-1")
    #expect(text(record.text) == "Kapal \"Jaya\"\nkaram")
    #expect(text(record.title) == "Karam")
    #expect(text(record.date) == "2019-03-05")
    #expect(
      text(record.meta)
        == #"{"url":"https://a.id\/x","title":"Ka\u0072am","n":1.50e1,"date":"2019-03-05","tags":[ "a" , {"b":null} ]}"#
    )
    #expect(record.decodingNote == nil)
  }

  @Test func textAlone() throws {
    let record = try read(#"{"text":""}"#)
    #expect(record.text.isEmpty && record.meta.isEmpty)
    #expect(record.id == nil && record.title == nil && record.date == nil)
  }

  @Test func numbersAreTakenAsWritten() throws {
    let record = try read(#"{"id":-12.50E+3,"text":"x","date":1447038000,"title":448}"#)
    #expect(text(record.id) == "-12.50E+3")
    #expect(text(record.date) == "1447038000")
    #expect(text(record.title) == "448")
  }

  @Test func nullIsAbsent() throws {
    let record = try read(#"{"id":null,"text":"x","title":null,"date":null}"#)
    #expect(record.id == nil && record.title == nil && record.date == nil)
    #expect(text(record.meta) == #"{"title":null,"date":null}"#)
  }

  @Test func nothingOfAnotherKindIsLost() throws {
    let record = try read(#"{"id":["a"],"text":"x","title":{"a":1},"date":false}"#)
    #expect(record.id == nil && record.title == nil && record.date == nil)
    #expect(text(record.meta) == #"{"id":["a"],"title":{"a":1},"date":false}"#)
    let wrapped = try read(#"{"text":"x","date":{"$date":"2015-11-09T00:00:00Z"}}"#)
    #expect(text(wrapped.date) == #"{"$date":"2015-11-09T00:00:00Z"}"#)
  }

  @Test func lastOfEqualNamesWins() throws {
    let record = try read(
      #"{"text":"satu","id":1,"title":"a","title":null,"x":1,"x":2,"text":"dua","id":2}"#)
    #expect(text(record.text) == "dua")
    #expect(text(record.id) == "2")
    #expect(record.title == nil)
    #expect(text(record.meta) == #"{"title":"a","title":null,"x":1,"x":2}"#)
    #expect(failure(#"{"text":"satu","text":5}"#)?.code == .textNotAString)
    #expect(failure(#"{"text":"satu","text":null}"#)?.code == .missingText)
    #expect(failure(#"{"text":5,"text":"dua"}"#) == nil)
  }

  @Test func escapedNamesAreTheSameNames() throws {
    let record = try read(#"{"te\u0078t":"isi","\u0069d":7}"#)
    #expect(text(record.text) == "isi")
    #expect(text(record.id) == "7")
    #expect(record.meta.isEmpty)
  }

  @Test func namesCanBeChosen() throws {
    let fields = RecordFields(id: "url", text: "isi\"", title: "judul", date: "waktu")
    let record = try read(
      #"{"waktu":"a","judul":"b","isi\"":"c","url":"d","text":"e","id":1}"#, fields: fields)
    #expect(text(record.text) == "c" && text(record.id) == "d")
    #expect(text(record.title) == "b" && text(record.date) == "a")
    #expect(text(record.meta) == #"{"waktu":"a","judul":"b","text":"e","id":1}"#)
    let same = try read(
      #"{"t":"x","judul":"y"}"#, fields: RecordFields(text: "t", title: "judul", date: "judul"))
    #expect(text(same.title) == "y" && text(same.date) == "y")
  }

  @Test func escapesOfTheText() throws {
    let record = try read(#"{"text":"😀\ud83d\ude00\ud83d!\u0000\u2028"}"#)
    #expect(text(record.text) == "😀😀\u{FFFD}!\0\u{2028}")
  }

  /// The whole message is pinned: it names the column and the remedy.
  @Test(
    arguments: [
      (
        #"{"id":7,"text":"Ia berkata "tidak""}"#, ReadFailure.Code.invalidJSON, "7",
        #"line 3: column 29: ',' or '}' must follow the value of a member; a quotation mark inside a string is written \""#
      ),
      (
        #"{"judul": "é😀", text: 1}"#, .invalidJSON, nil,
        "line 3: column 17: a member name in double quotes must stand here"
      ),
      (
        "{", .invalidJSON, nil,
        "line 3: column 2: the input ends in the middle of a value; the file may be cut off, or the record may go on in the next line"
      ),
      (
        #"{"text":"a"} x"#, .invalidJSON, nil,
        "line 3: column 14: nothing may follow the value; write each record on its own line"
      ),
      (
        "[1]", .notAnObject, nil,
        #"line 3: a record must be a JSON object such as {"id": "1", "text": "..."}; an array of records is read from a file whose name ends in .json"#
      ),
      (
        #"{"id":"a"}"#, .missingText, "a",
        #"line 3: the record has no member "text"; name the one that holds the article with --text-field"#
      ),
      (
        #"{"text":["a"],"id":9}"#, .textNotAString, "9",
        #"line 3: the member "text" is not a string; name the one that holds the article with --text-field"#
      ),
    ] as [(String, ReadFailure.Code, String?, String)])
  func failureMessage(_ line: String, _ code: ReadFailure.Code, _ id: String?, _ message: String) {
    let failure = failure(line, number: 3)
    #expect(failure?.code == code)
    #expect(failure?.description == message)
    #expect(text(failure?.id) == id)
  }

  @Test func failureDoesNotSpoilTheNextRecord() throws {
    var reader = RecordReader()
    var record = Record()
    try reader.read(line: utf8(#"{"id":1,"text":"a","title":"t","x":0}"#).span, number: 1, into: &record)
    do {
      try reader.read(line: utf8(#"{"id":2,"text":"#).span, number: 2, into: &record)
      Issue.record("half a record was accepted")
    } catch { #expect(error.line == 2) }
    try reader.read(line: utf8(#"{"text":"c"}"#).span, number: 3, into: &record)
    #expect(text(record.text) == "c" && record.meta.isEmpty && record.id == nil && record.title == nil)
    #expect(record.line == 3)
  }

  @Test func brokenUTF8IsDecoded() throws {
    var reader = RecordReader()
    var record = Record()
    let latin = utf8(#"{"text":"caf"#) + [0xE9] + utf8(#"","x":""#) + [0x93] + utf8(#""}"#)
    try reader.read(line: latin.span, number: 1, into: &record)
    #expect(text(record.text) == "café")
    #expect(text(record.meta) == #"{"x":"“"}"#)
    #expect(record.decodingNote == .windows1252)
    let damaged = utf8(#"{"text":"é—é"#) + [0xE2, 0x80] + utf8(#"x"}"#)
    try reader.read(line: damaged.span, number: 2, into: &record)
    #expect(text(record.text) == "é—é\u{FFFD}x")
    #expect(record.decodingNote == .replaced(1))
  }

  @Test(arguments: ["", " ", "\r\n", "\t \r"]) func blankLines(_ line: String) {
    let isBlank = RecordReader.isBlank(utf8(line).span)
    #expect(isBlank)
  }

  @Test func byteOrderMarkInFrontOfALine() throws {
    #expect(text(try read("\u{FEFF}{\"text\":\"a\"}").text) == "a")
    #expect(failure("\u{FEFF}")?.code == .invalidJSON)
  }

  // Whole files

  private func readAll(_ json: String) -> [String] {
    var reader = RecordReader()
    var record = Record()
    var position = RecordReader.DocumentPosition()
    let bytes = utf8(json)
    var found: [String] = []
    while found.count < 100 {
      do {
        guard try reader.readNext(of: bytes.span, at: &position, into: &record) else { break }
        found.append("\(record.line) \(text(record.id) ?? "-") \(text(record.text)!) \(text(record.meta)!)")
      } catch {
        found.append("\(error.line) \(error.code.rawValue) \(text(error.id) ?? "-")")
      }
    }
    return found
  }

  @Test func oneRecordOverManyLines() {
    let json = """

      {
        "id": 7,
        "text": "satu",
        "tags": [
          "a b",
          {"c":\t[1,
            2]}
        ]\r
      }

      """
    #expect(readAll(json) == ["2 7 satu {\"tags\":[\"a b\",{\"c\":\t[1,2]}]}"])
  }

  @Test func arrayOfRecords() {
    #expect(readAll(#"[{"text":"a"} , {"id":2,"text":"b"}]"#) == ["1 - a ", "1 2 b "])
    #expect(
      readAll("[\n{\"text\":\"a\"},\n5,\n{\"id\":3},\n{\"text\":\"d\"}\n]\n")
        == ["2 - a ", "3 not-an-object -", "4 missing-text 3", "5 - d "])
    #expect(readAll("[]") == [] && readAll("") == [] && readAll(" \n") == [])
  }

  @Test func sequenceOfRecords() {
    #expect(
      readAll("{\"text\":\"a\"}\n{\"text\":\"b\"}{\"text\":\"c\"}\n\n{\"text\":\"d\"}")
        == ["1 - a ", "2 - b ", "2 - c ", "4 - d "])
  }

  @Test func sequenceGoesOnBehindAnError() {
    #expect(
      readAll("{\"text\":\"a}\n{\"text\":\"b\"}\nx\n{\"text\":\"c\"}\n{\"id\":1,\"text\":\"d\"")
        == ["1 invalid-json -", "2 - b ", "3 invalid-json -", "4 - c ", "5 invalid-json 1"])
  }

  @Test func arrayEndsAtAnError() {
    #expect(readAll("[{\"text\":\"a\"},\n{\"text\":}]") == ["1 - a ", "2 invalid-json -"])
    #expect(readAll("[{\"text\":\"a\"}] x") == ["1 - a ", "1 invalid-json -"])
    #expect(readAll("[{\"text\":\"a\"},]") == ["1 - a ", "1 invalid-json -"])
    #expect(readAll("[") == ["1 invalid-json -"])
  }

  @Test func errorsNeverLoop() {
    let hostile = String(repeating: "{\n", count: 3000) + String(repeating: "]\n", count: 3000)
    #expect(readAll(hostile).count <= 100)
    var random = SeededRandom(seed: 11)
    let pieces = ["{", "}", "[", "]", "\n", "\"text\":", "\"a\"", ",", "{\"text\":\"b\"}\n", "1", " "]
    for _ in 0..<2000 {
      let json = (0..<12).map { _ in pieces.randomElement(using: &random)! }.joined()
      #expect(readAll(json).count < 50, "\(json.debugDescription)")
    }
  }

  /// The record at the limit of depth passes, the next one is refused.
  @Test func depthCountsTheRecordItself() {
    let deep = String(repeating: "[", count: 511) + String(repeating: "]", count: 511)
    #expect(failure("{\"text\":\"a\",\"x\":\(deep)}") == nil)
    #expect(failure("{\"text\":\"a\",\"x\":[\(deep)]}")?.code == .invalidJSON)
  }
}
