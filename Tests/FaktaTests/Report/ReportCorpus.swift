import Fakta
import FaktaTestSupport

@testable import FaktaReport

/// The invented articles that the tests of the views share.
enum ReportCorpus {
  /// A ferry that sinks, told twice, and a festival with wide and joined characters.
  static func articles() throws -> [ReportDocument] {
    let bytes = try FileIO.read("\(Corpus.root)/Tests/Corpora/report/articles.ndjson")
    return try AnnotatedFile.values(in: bytes).map { try read(Array(bytes[$0])) }
  }

  /// Strings by which an enemy would try to run script, break the page or the terminal.
  static func injections() throws -> [String] {
    let bytes = try FileIO.read("\(Corpus.root)/Tests/Corpora/injections.jsonl")
    return try AnnotatedFile.values(in: bytes).map { range in
      var scanner = JSONScanner(at: range.lowerBound)
      var text: [UInt8] = []
      try scanner.readString(in: bytes.span, appendingTo: &text)
      return String(decoding: text, as: UTF8.self)
    }
  }

  static func read(_ json: [UInt8]) throws -> ReportDocument {
    try AnnotationReader.read(json, requiresMark: false) ?? ReportDocument()
  }

  static func read(_ json: String) throws -> ReportDocument { try read(Array(json.utf8)) }

  /// The whole text of a snapshot.
  static func snapshot(_ name: String) throws -> String {
    String(decoding: try FileIO.read("\(Corpus.root)/Tests/Snapshots/\(name)"), as: UTF8.self)
  }
}
