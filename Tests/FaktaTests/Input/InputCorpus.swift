import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// The files of `Tests/Corpora`.
enum InputCorpus {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpora")

  /// Returns the names of the files in a subfolder that end in `suffix`, sorted.
  static func names(in subfolder: String, suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: subfolder).path)
      .filter { $0.hasSuffix(suffix) }.sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    // Data(contentsOf:) leaks on an empty file, which the leak check of the address sanitizer reports.
    let file = try FileHandle(forReadingFrom: folder.appending(path: path))
    defer { try? file.close() }
    return try Array(file.readToEnd() ?? Data())
  }

  static func text(_ path: String) throws -> String {
    try String(decoding: bytes(path), as: UTF8.self)
  }
}

/// News articles: those of the NDJSON file that `FAKTA_TEST_ARTICLES` names, else the project's own.
enum NewsArticles {
  static func texts() throws -> [String] {
    let path =
      ProcessInfo.processInfo.environment["FAKTA_TEST_ARTICLES"] ?? "\(Corpus.root)/Tests/Bench/articles.ndjson"
    var reader = RecordReader()
    var record = Record()
    return try FileIO.read(path).split(separator: 0x0A).enumerated().map { i, line in
      try reader.read(line: Array(line).span, number: i + 1, into: &record)
      return String(decoding: record.text, as: UTF8.self)
    }
  }
}

/// Random numbers that can be repeated: a failure prints its seed.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// A folder for one test that goes with it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "fakta-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }
}

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
