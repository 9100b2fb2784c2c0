/// The names of the members of a record that Fakta reads itself.
public struct RecordFields: Sendable {
  var idName: [UInt8]
  var textName: [UInt8]
  var titleName: [UInt8]
  var dateName: [UInt8]

  public init(
    id: String = "id", text: String = "text", title: String = "title", date: String = "date"
  ) {
    idName = Array(id.utf8)
    textName = Array(text.utf8)
    titleName = Array(title.utf8)
    dateName = Array(date.utf8)
  }
}

/// One article as it was received. Reused from record to record: its buffers keep their memory.
public struct Record: Sendable {
  /// The article, UTF-8, with the escapes of JSON decoded and nothing else changed.
  public internal(set) var text: [UInt8] = []
  /// A JSON object, on one line, with every member but the text and the id as it was written; empty if there is
  /// no other member.
  public internal(set) var meta: [UInt8] = []
  /// What had to be done to the bytes of the line, if it was not UTF-8.
  public internal(set) var decodingNote: DecodingNote?
  /// The 1-based line of the input on which the record begins.
  public internal(set) var line = 1

  var idField = Field()
  var titleField = Field()
  var dateField = Field()

  /// A value that may be absent and keeps its memory when it is.
  struct Field: Sendable {
    var bytes: [UInt8] = []
    var isPresent = false
  }

  public init() {}

  /// The id: a string, or a number as it was written.
  public var id: [UInt8]? { idField.isPresent ? idField.bytes : nil }
  /// The headline. It is also in `meta`, and not in `text`.
  public var title: [UInt8]? { titleField.isPresent ? titleField.bytes : nil }
  /// The date as it was written: a string, a number, or the JSON of an object or array. It is also in `meta`.
  public var date: [UInt8]? { dateField.isPresent ? dateField.bytes : nil }

  mutating func clear(line: Int) {
    text.removeAll(keepingCapacity: true)
    meta.removeAll(keepingCapacity: true)
    decodingNote = nil
    self.line = line
    idField.isPresent = false
    titleField.isPresent = false
    dateField.isPresent = false
  }
}

/// Why a record could not be read; becomes a failure record in the output.
public struct ReadFailure: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case invalidJSON = "invalid-json"
    case notAnObject = "not-an-object"
    case missingText = "missing-text"
    case textNotAString = "text-not-a-string"
    case lineTooLong = "line-too-long"
  }

  public let code: Code
  /// What is wrong, where (column in code points), and what to do about it.
  public let message: String
  /// The 1-based line of the input.
  public let line: Int
  /// The id of the record, where it could still be read.
  public let id: [UInt8]?

  public var description: String { "line \(line): \(message)" }
}

/// Reads records: one JSON object per line, or the objects of a whole JSON file.
///
/// A record needs a text; id, title and date are optional, and `null` is the same as absent. When a name occurs
/// twice, the last one counts. Every other member, and title and date too, goes to `Record.meta` byte for byte. A document
/// that Fakta has written is the record that it was made of: its annotations are left out, and the members of its `meta` are
/// the record's.
///
/// **Errors.** `ReadFailure`; the reader is ready for the next record. Bytes that are not UTF-8 are decoded
/// (`Record.decodingNote`), never refused.
///
/// **Cost.** Two visits per byte (UTF-8 check, JSON), one copy; no allocation once the buffers have grown.
public struct RecordReader: Sendable {
  public let fields: RecordFields
  private var nameBuffer: [UInt8] = []
  private var lineBuffer: [UInt8] = []

  public init(fields: RecordFields = RecordFields()) {
    self.fields = fields
  }

  /// Reads one line of NDJSON.
  ///
  /// - Parameters:
  ///   - line: The line, with or without its end.
  ///   - number: Its 1-based number in the input, for messages.
  public mutating func read(
    line: Span<UInt8>, number: Int, into record: inout Record
  ) throws(ReadFailure) {
    guard TextDecoding.isValidUTF8(line) else {
      lineBuffer.removeAll(keepingCapacity: true)
      let note = TextDecoding.repair(line, into: &lineBuffer)
      let decoded = lineBuffer
      defer { record.decodingNote = note }
      return try readValidLine(decoded.span, number: number, into: &record)
    }
    try readValidLine(line, number: number, into: &record)
  }

  private mutating func readValidLine(
    _ line: Span<UInt8>, number: Int, into record: inout Record
  ) throws(ReadFailure) {
    record.clear(line: number)
    // Files that were put together by `cat` may have a byte order mark in front of any line.
    let hasMark = line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF
    var scanner = JSONScanner(at: hasMark ? 3 : 0)
    var problem: Problem?
    do {
      problem = try readRecord(in: line, with: &scanner, depth: 0, into: &record)
      try scanner.expectEnd(of: line)
    } catch {
      // "line" is the input line: a record on one line has no other.
      throw failure(for: error, in: line, line: number, record: record)
    }
    if let problem { throw failure(for: problem, line: number, record: record) }
  }

  /// Returns whether `line` holds nothing but white space; such lines are no records.
  public static func isBlank(_ line: Span<UInt8>) -> Bool {
    var scanner = JSONScanner()
    scanner.skipSpace(in: line)
    return scanner.offset == line.count
  }
}

// Whole files

extension RecordReader {
  /// How far a whole JSON file has been read.
  public struct DocumentPosition {
    enum Place { case beforeValue, inArray, done }

    var place = Place.beforeValue
    var offset = 0
    var isFirst = true
    /// Lines are counted as far as `lineOffset`.
    var line = 1
    var lineOffset = 0

    public init() {}

    mutating func advanceLine(to offset: Int, in bytes: Span<UInt8>) {
      guard offset > lineOffset else { return }
      line += countLineFeeds(in: bytes, from: lineOffset, to: offset)
      lineOffset = offset
    }
  }

  /// Reads the next record of a JSON file: one object over any number of lines, an array of objects, or several
  /// objects one after the other.
  ///
  ///     var position = RecordReader.DocumentPosition()
  ///     while true {
  ///       do {
  ///         guard try reader.readNext(of: bytes, at: &position, into: &record) else { break }
  ///       } catch { report(error) }  // the next call goes on behind it
  ///     }
  ///
  /// After invalid JSON the reader goes on at the next line that begins with `{`, if the file is a sequence of
  /// objects; in an array there is no safe place to go on.
  ///
  /// - Parameter bytes: The whole file, valid UTF-8 (see `TextDecoding.decode`).
  /// - Returns: `false` at the end of the file. An empty file has no record.
  public mutating func readNext(
    of bytes: Span<UInt8>, at position: inout DocumentPosition, into record: inout Record
  ) throws(ReadFailure) -> Bool {
    record.clear(line: position.line)
    var scanner = JSONScanner(at: position.offset)
    let problem: Problem?
    do {
      guard try enterNext(of: bytes, at: &position, with: &scanner) else { return false }
      position.advanceLine(to: scanner.offset, in: bytes)
      record.line = position.line
      let depth = position.place == .inArray ? 1 : 0
      problem = try readRecord(in: bytes, with: &scanner, depth: depth, into: &record)
      position.offset = scanner.offset
    } catch {
      position.advanceLine(to: error.offset, in: bytes)
      if position.place == .beforeValue {
        position.offset = startOfNextObject(in: bytes, after: max(error.offset, position.offset))
      } else {
        position.place = .done
      }
      throw failure(for: error, in: bytes, line: position.line, record: record)
    }
    if let problem { throw failure(for: problem, line: record.line, record: record) }
    return true
  }

  /// Moves the scanner to the next value that should be a record; `false` at the end of the file.
  private func enterNext(
    of bytes: Span<UInt8>, at position: inout DocumentPosition, with scanner: inout JSONScanner
  ) throws(JSONError) -> Bool {
    scanner.skipSpace(in: bytes)
    if position.place == .beforeValue {
      position.offset = scanner.offset
      if scanner.offset == bytes.count {
        position.place = .done
      } else if scanner.peek(in: bytes) == UInt8(ascii: "[") {
        scanner.offset += 1
        position.place = .inArray
        position.isFirst = true
      }
    }
    if position.place == .inArray, try !scanner.nextElement(in: bytes, isFirst: &position.isFirst) {
      position.place = .done
      try scanner.expectEnd(of: bytes)
    }
    scanner.skipSpace(in: bytes)
    return position.place != .done
  }

  /// Returns the offset of the next line that begins with `{`, or the end.
  private func startOfNextObject(in bytes: Span<UInt8>, after offset: Int) -> Int {
    var index = offset
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), index > 0, bytes[index - 1] == UInt8(ascii: "\n") {
        return index
      }
      index += 1
    }
    return index
  }
}

// One record

extension RecordReader {
  /// What keeps a well-formed value from being a record.
  private enum Problem {
    case notAnObject, missingText, textIsNull, textNotAString
  }

  /// Reads the value at the scanner's offset to its end.
  private mutating func readRecord(
    in bytes: Span<UInt8>, with scanner: inout JSONScanner, depth: Int, into record: inout Record
  ) throws(JSONError) -> Problem? {
    scanner.skipSpace(in: bytes)
    guard scanner.peek(in: bytes) == UInt8(ascii: "{") else {
      _ = try scanner.skipValue(in: bytes, depth: depth)
      return .notAnObject
    }
    try scanner.enter(UInt8(ascii: "{"), in: bytes)
    var problem: Problem? = .missingText
    var isFirst = true
    var isAnnotated: Bool?
    while let name = try scanner.nextName(in: bytes, isFirst: &isFirst) {
      if isAnnotated == nil { isAnnotated = isMark(name, value: scanner.offset, in: bytes) }
      if isAnnotated == true, try readWritten(name, in: bytes, with: &scanner, depth: depth + 1, into: &record) {
        continue
      }
      let kept = try readMember(
        name, in: bytes, with: &scanner, depth: depth + 1, into: &record, problem: &problem)
      if let kept { appendToMeta(name: name, value: kept, of: bytes, record: &record) }
    }
    if !record.meta.isEmpty { record.meta.append(UInt8(ascii: "}")) }
    return problem
  }

  /// The members that Fakta adds to a record.
  private static let written =
    (["fakta", "layers", "reference_date", "reference_date_source"] + Layer.written.map(\.rawValue)).map {
      Array($0.utf8)
    }

  private static let meta = Array("meta".utf8)

  /// Whether a member says that Fakta has written the record: `"fakta":"1"`. An article may have a member of that name too.
  private func isMark(_ name: Range<Int>, value: Int, in bytes: Span<UInt8>) -> Bool {
    guard says(name, Self.written[0], in: bytes), value < bytes.count, bytes[value] == UInt8(ascii: "\"") else {
      return false
    }
    var end = value + 1
    while end < bytes.count, bytes[end] &- 0x30 < 10 || bytes[end] == UInt8(ascii: ".") { end += 1 }
    return end > value + 1 && end < bytes.count && bytes[end] == UInt8(ascii: "\"")
  }

  /// Reads a member that Fakta has written: annotations are left out, what stands in `meta` is the record's own again.
  ///
  /// - Returns: `false` for a member that is the record's own.
  private mutating func readWritten(
    _ name: Range<Int>, in bytes: Span<UInt8>, with scanner: inout JSONScanner, depth: Int, into record: inout Record
  ) throws(JSONError) -> Bool {
    if Self.written.contains(where: { says(name, $0, in: bytes) }) {
      _ = try scanner.skipValue(in: bytes, depth: depth)
      return true
    }
    guard says(name, Self.meta, in: bytes), scanner.peek(in: bytes) == UInt8(ascii: "{") else { return false }
    scanner.offset += 1
    var isFirst = true
    while let name = try scanner.nextName(in: bytes, isFirst: &isFirst) {
      let kept = try readKept(name, in: bytes, with: &scanner, depth: depth + 1, into: &record)
      appendToMeta(name: name, value: kept, of: bytes, record: &record)
    }
    return true
  }

  /// Reads the value of the member `name`.
  ///
  /// - Returns: The byte range of a value that belongs to `meta`.
  private mutating func readMember(
    _ name: Range<Int>, in bytes: Span<UInt8>, with scanner: inout JSONScanner, depth: Int,
    into record: inout Record, problem: inout Problem?
  ) throws(JSONError) -> Range<Int>? {
    let start = scanner.offset
    let first = scanner.peek(in: bytes)

    if try matches(name, fields.textName, in: bytes) {
      record.text.removeAll(keepingCapacity: true)
      if first == UInt8(ascii: "\"") {
        try scanner.readString(in: bytes, appendingTo: &record.text)
        problem = nil
      } else {
        _ = try scanner.skipValue(in: bytes, depth: depth)
        problem = first == UInt8(ascii: "n") ? .textIsNull : .textNotAString
      }
      return nil
    }
    if try matches(name, fields.idName, in: bytes) {
      try readField(&record.idField, first: first, in: bytes, with: &scanner, depth: depth)
      // An id that is an array, say, is no id, but nothing is lost.
      return record.idField.isPresent || first == UInt8(ascii: "n") ? nil : start..<scanner.offset
    }
    return try readKept(name, in: bytes, with: &scanner, depth: depth, into: &record)
  }

  /// Reads the value of a member that goes to `meta`, title and date too.
  ///
  /// - Returns: The byte range of the value.
  private mutating func readKept(
    _ name: Range<Int>, in bytes: Span<UInt8>, with scanner: inout JSONScanner, depth: Int, into record: inout Record
  ) throws(JSONError) -> Range<Int> {
    let start = scanner.offset
    let first = scanner.peek(in: bytes)
    let isTitle = try matches(name, fields.titleName, in: bytes)
    let isDate = try matches(name, fields.dateName, in: bytes)
    if isTitle { try readField(&record.titleField, first: first, in: bytes, with: &scanner, depth: depth) }
    if isDate {
      scanner.offset = start
      try readField(&record.dateField, first: first, in: bytes, with: &scanner, depth: depth)
      // {"$date": "2015-11-09"}, as databases write it: the date in it is read as one in words is.
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        append(bytes, start..<scanner.offset, to: &record.dateField.bytes)
        record.dateField.isPresent = true
      }
    }
    return isTitle || isDate
      ? start..<scanner.offset : try scanner.skipValue(in: bytes, depth: depth)
  }

  /// Reads a string or a number into `field`; any other value makes it absent.
  private func readField(
    _ field: inout Record.Field, first: UInt8, in bytes: Span<UInt8>, with scanner: inout JSONScanner,
    depth: Int
  ) throws(JSONError) {
    field.bytes.removeAll(keepingCapacity: true)
    field.isPresent = true
    switch first {
    case UInt8(ascii: "\""):
      try scanner.readString(in: bytes, appendingTo: &field.bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      append(bytes, try scanner.skipValue(in: bytes, depth: depth), to: &field.bytes)
    default:
      field.isPresent = false
      _ = try scanner.skipValue(in: bytes, depth: depth)
    }
  }

  /// Returns whether the raw name, with quotation marks, says `wanted`.
  @inline(__always)
  private mutating func matches(
    _ name: Range<Int>, _ wanted: [UInt8], in bytes: Span<UInt8>
  ) throws(JSONError) -> Bool {
    if says(name, wanted, in: bytes) { return true }
    // An escape makes a name longer: "te\u0078t".
    return name.count - 2 > wanted.count ? try matchesDecoded(name, wanted, in: bytes) : false
  }

  /// The same for a name without escapes.
  @inline(__always)
  private func says(_ name: Range<Int>, _ wanted: [UInt8], in bytes: Span<UInt8>) -> Bool {
    guard name.count - 2 == wanted.count else { return false }
    var index = 0
    while index < wanted.count, bytes[name.lowerBound + 1 + index] == wanted[index] { index += 1 }
    return index == wanted.count
  }

  private mutating func matchesDecoded(
    _ name: Range<Int>, _ wanted: [UInt8], in bytes: Span<UInt8>
  ) throws(JSONError) -> Bool {
    var index = name.lowerBound
    while index < name.upperBound, bytes[index] != UInt8(ascii: "\\") { index += 1 }
    guard index < name.upperBound else { return false }
    nameBuffer.removeAll(keepingCapacity: true)
    var scanner = JSONScanner(at: name.lowerBound)
    try scanner.readString(in: bytes, appendingTo: &nameBuffer)
    return nameBuffer == wanted
  }

  private func appendToMeta(
    name: Range<Int>, value: Range<Int>, of bytes: Span<UInt8>, record: inout Record
  ) {
    record.meta.append(record.meta.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    append(bytes, name, to: &record.meta)
    record.meta.append(UInt8(ascii: ":"))
    switch bytes[value.lowerBound] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      appendOnOneLine(value, of: bytes, to: &record.meta)
    default:
      append(bytes, value, to: &record.meta)
    }
  }

  /// Appends a container without its line breaks and the indentation after them: both are white space between
  /// values, because a string cannot hold a raw line break.
  private func appendOnOneLine(
    _ value: Range<Int>, of bytes: Span<UInt8>, to output: inout [UInt8]
  ) {
    var start = value.lowerBound
    var index = start
    while index < value.upperBound {
      if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
        append(bytes, start..<index, to: &output)
        var scanner = JSONScanner(at: index)
        scanner.skipSpace(in: bytes)
        index = scanner.offset
        start = index
      } else {
        index += 1
      }
    }
    append(bytes, start..<value.upperBound, to: &output)
  }
}

// Failures

extension RecordReader {
  private func failure(
    for error: JSONError, in bytes: Span<UInt8>, line: Int, record: Record
  ) -> ReadFailure {
    ReadFailure(
      code: .invalidJSON, message: "column \(error.column(in: bytes)): \(error)", line: line,
      id: record.id)
  }

  private func failure(for problem: Problem, line: Int, record: Record) -> ReadFailure {
    let name = String(decoding: fields.textName, as: UTF8.self)
    return switch problem {
    case .notAnObject:
      ReadFailure(
        code: .notAnObject,
        message: "a record must be a JSON object such as {\"id\": \"1\", \"\(name)\": \"...\"}; "
          + "an array of records is read from a file whose name ends in .json",
        line: line, id: nil)
    case .missingText:
      ReadFailure(
        code: .missingText,
        message: "the record has no member \"\(name)\"; name the one that holds the article with --text-field",
        line: line, id: record.id)
    case .textIsNull:
      ReadFailure(
        code: .missingText,
        message: "the member \"\(name)\" is null; name the one that holds the article with --text-field",
        line: line, id: record.id)
    case .textNotAString:
      ReadFailure(
        code: .textNotAString,
        message: "the member \"\(name)\" is not a string; name the one that holds the article with --text-field",
        line: line, id: record.id)
    }
  }
}
