import Foundation
import Testing

@testable import Fakta

@Suite struct JSONScannerTests {
  struct Place: Equatable, CustomStringConvertible {
    var line: Int
    var column: Int
    var description: String { "\(line):\(column)" }
  }

  static let places: [String: Place] = {
    var places: [String: Place] = [:]
    for line in (try? InputCorpus.text("json/places.tsv"))?.split(separator: "\n") ?? [] {
      let columns = line.split(separator: "\t")
      guard columns.count == 3, let row = Int(columns[1]), let column = Int(columns[2]) else { continue }
      places[String(columns[0])] = Place(line: row, column: column)
    }
    return places
  }()

  private func place(of error: JSONError?, in bytes: [UInt8]) -> Place? {
    error.map { Place(line: $0.line(in: bytes.span), column: $0.column(in: bytes.span)) }
  }

  /// Returns why `bytes` are refused, or `nil`.
  private func refusal(of bytes: [UInt8]) -> JSONError? {
    do {
      try JSONScanner.validate(bytes.span)
      return nil
    } catch { return error }
  }

  /// Every file of the corpus is accepted or refused as its name says, at the place that `places.tsv` names.
  @Test(arguments: try InputCorpus.names(in: "json", suffix: ".json"))
  func corpusFile(_ name: String) throws {
    let bytes = try InputCorpus.bytes("json/\(name)")
    let found = place(of: refusal(of: bytes), in: bytes)
    #expect(found == Self.places[name], "\(String(describing: refusal(of: bytes)))")
    if name.hasPrefix("y_") { #expect(found == nil) }
    if name.hasPrefix("n_") { #expect(found != nil) }
  }

  @Test func corpusIsComplete() throws {
    let names = try InputCorpus.names(in: "json", suffix: ".json")
    #expect(names.count >= 160)
    #expect(Set(Self.places.keys).isSubset(of: names))
  }

  /// Each prefix of a valid text is refused at its end, and never runs out of bounds.
  @Test(arguments: try InputCorpus.names(in: "json", suffix: ".json").filter { $0.hasPrefix("y_") })
  func prefixesAreRefusedAtTheirEnd(_ name: String) throws {
    let bytes = try InputCorpus.bytes("json/\(name)")
    guard bytes.count < 3000, let first = bytes.first, "[{\"".utf8.contains(first) else { return }
    let end = bytes.lastIndex { "]}\"".utf8.contains($0) }!
    for count in 1..<max(end, 1) {
      let prefix = Array(bytes[0..<count])
      let error = try #require(refusal(of: prefix))
      #expect(error.offset == count || error.reason == .invalidUTF8, "\(name) cut at \(count)")
    }
  }

  /// What Foundation decodes, the scanner decodes to the same text.
  @Test(
    arguments: try InputCorpus.names(in: "json", suffix: ".json").filter { $0.hasPrefix("y_string_") })
  func stringsAreDecodedAsByFoundation(_ name: String) throws {
    let bytes = try InputCorpus.bytes("json/\(name)")
    let expected = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    #expect(decode(bytes) == utf8(try #require(expected as? String)))
  }

  @Test(arguments: [
    ("\"\\ud83d\"", "\u{FFFD}"), ("\"\\ude00\\ud83d\"", "\u{FFFD}\u{FFFD}"),
    ("\"\\ud83dabc\"", "\u{FFFD}abc"), ("\"\\ud83d\\n\"", "\u{FFFD}\n"),
    ("\"\\ud83d\\ud83d\\ude00\"", "\u{FFFD}😀"), ("\"\\ud83d\\u0041\"", "\u{FFFD}A"),
    ("\"a\\u0000b\"", "a\0b"), ("\"\\uDBFF\\uDFFF\"", "\u{10FFFF}"),
  ])
  func escapesAtTheEdge(_ json: String, _ decoded: String) {
    #expect(decode(utf8(json)) == utf8(decoded))
  }

  private func decode(_ bytes: [UInt8]) -> [UInt8]? {
    var scanner = JSONScanner()
    scanner.skipSpace(in: bytes.span)
    var output: [UInt8] = []
    do { try scanner.readString(in: bytes.span, appendingTo: &output) } catch { return nil }
    return scanner.offset == bytes.count ? output : nil
  }

  /// A byte that ends a run of plain characters is found wherever it stands in an eight-byte word.
  @Test func stopsAreFoundAtEveryAlignment() throws {
    for length in 0..<70 {
      for (escape, byte) in [("\\\\", "\\"), ("\\\"", "\""), ("\\t", "\t"), ("é", "é"), ("\u{7F}", "\u{7F}")] {
        let plain = String(repeating: "a", count: length)
        let json = utf8("\"\(plain)\(escape)!\u{A2}\(plain)\"")
        #expect(decode(json) == utf8("\(plain)\(byte)!\u{A2}\(plain)"))
      }
      let raw = utf8("\"\(String(repeating: "é", count: length))\u{1F}\"")
      #expect(refusal(of: raw)?.offset == 1 + 2 * length)
    }
  }

  /// Random edits of valid texts: no trap, and the same verdict as Foundation where Foundation follows RFC 8259.
  @Test(arguments: 0..<8) func mutationsAgreeWithFoundation(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let alphabet = utf8("{}[]\",:\\u0019e.-+ \ntrufalsn/dD8\u{7f}é")
    let names = try InputCorpus.names(in: "json", suffix: ".json")
    let samples = try names.map { try InputCorpus.bytes("json/\($0)") }.filter { $0.count < 400 && !$0.isEmpty }
    for _ in 0..<1500 {
      var bytes = samples.randomElement(using: &random)!
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let index = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.insert(alphabet.randomElement(using: &random)!, at: index)
        case 1 where index < bytes.count: bytes.remove(at: index)
        case 2 where index < bytes.count: bytes[index] = alphabet.randomElement(using: &random)!
        default: break
        }
      }
      let ours = refusal(of: bytes)
      // Foundation removes byte order marks, guesses UTF-16, and refuses half a surrogate pair: not our question.
      let text = String(decoding: bytes, as: UTF8.self)
      guard bytes.allSatisfy({ $0 != 0 }), !text.contains("\u{FEFF}"),
        text.range(of: "\\\\u[dD]", options: .regularExpression) == nil
      else { continue }
      if ours?.reason == .trailingComma { continue }  // Foundation lets these pass
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      if theirs == nil, ours == nil, text.contains(where: { $0.isNumber }) { continue }  // 1e999 and the like
      #expect((ours == nil) == (theirs != nil), "seed \(seed): \(text.debugDescription) \(String(describing: ours))")
    }
  }

  @Test(arguments: 0..<4) func randomBytesNeverTrap(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<3000 {
      let count = Int.random(in: 0..<80, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if let error = refusal(of: bytes) {
        #expect((0...count).contains(error.offset))
        let place = place(of: error, in: bytes)!
        #expect(place.line >= 1 && place.column >= 1)
      }
      _ = decode([UInt8(ascii: "\"")] + bytes)
    }
  }

  @Test(arguments: ["[", "{", "\"", "9", ".", "a", "\0", "\\", "{\"a\":", "-", ","])
  func megabyteOfOneThing(_ piece: String) {
    let bytes = [UInt8](Array(repeating: utf8(piece), count: 1_000_000 / piece.utf8.count).joined())
    #expect((refusal(of: bytes) == nil) == (piece == "9"))
  }
}
