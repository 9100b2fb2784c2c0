/// What is known about an article besides its text.
public struct ArticleInfo: Sendable {
  /// The record's id, the file's path, `line N`, or `record N` of a JSON file; UTF-8.
  public internal(set) var id: [UInt8] = []
  /// A JSON object with the record's other members, on one line; empty if there are none.
  public internal(set) var meta: [UInt8] = []
  /// The file that the article came from; `-` is the standard input.
  public internal(set) var path = "-"
  /// The 1-based line on which the record begins; 0 for a file that is one article.
  public internal(set) var line = 0

  /// Appends the id of a record that has none.
  ///
  /// - Parameters:
  ///   - number: Which record of a JSON file it is: all of an array may stand on one line; `nil` for NDJSON.
  ///   - path: The file, where there are several.
  public static func appendID(line: Int, number: Int?, path: String?, to id: inout [UInt8]) {
    if let path {
      id.append(contentsOf: path.utf8)
      id.append(0x20)
    }
    JSONOutput.append(number == nil ? "line " : "record ", to: &id)
    JSONOutput.append(number ?? line, to: &id)
  }
}

/// Why an article could not be read; the others are not touched.
public struct ArticleFailure: Error, Sendable, CustomStringConvertible {
  /// The record's id where it could be read, or the file's path; UTF-8.
  public var id: [UInt8]?
  public var path: String
  /// The 1-based line of the file; 0 when the whole file is meant.
  public var line: Int
  /// A short name of the kind of failure, such as `invalid-json`.
  public var code: String
  /// What is wrong and what to do about it.
  public var message: String

  public var description: String { line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)" }
}

/// Writes documents one after the other in some format.
///
/// A value of its own serves each thread, so nothing may be carried over from one document to the next.
public protocol DocumentFormatter: Sendable {
  /// The bytes that stand between two documents and not behind the last.
  var separator: [UInt8] { get }
  /// Whether articles that could not be read are in the output.
  var showsFailures: Bool { get }
  /// Whether a file that begins so was written in this format: by that an older output is told from an article.
  func wrote(_ head: [UInt8]) -> Bool
  /// Appends what stands before the first document.
  func appendHeader(to out: inout [UInt8])
  /// Appends a document and, if the format has one, the end of its line.
  mutating func append(_ document: Document, _ article: ArticleInfo, to out: inout [UInt8])
  /// Appends what the format says about an article that could not be read; perhaps nothing.
  mutating func append(_ failure: ArticleFailure, to out: inout [UInt8])
  /// Appends what stands behind the last document.
  func appendFooter(to out: inout [UInt8])
}

extension DocumentFormatter {
  public var separator: [UInt8] { [] }
  public var showsFailures: Bool { false }
  public func wrote(_ head: [UInt8]) -> Bool { false }
  public func appendHeader(to out: inout [UInt8]) {}
  public func appendFooter(to out: inout [UInt8]) {}
  public mutating func append(_ failure: ArticleFailure, to out: inout [UInt8]) {}
}
