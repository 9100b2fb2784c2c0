import CFaktaText

/// Where and why a text is not JSON.
package struct JSONError: Error, Equatable {
  /// What is wrong at `offset`.
  package enum Reason: Equatable, Sendable {
    case valueExpected, unexpectedEnd, nameExpected, colonExpected, trailingComma
    case commaOrBraceExpected, commaOrBracketExpected
    case leadingZero, digitExpected, badWord
    case controlCharacter, badEscape, badHexDigit
    case tooDeep, onlyOneValue, invalidUTF8
  }

  /// The first byte that cannot belong to a JSON text; the length of the input when it ends too early.
  package let offset: Int
  package let reason: Reason

  /// Returns the 1-based column of the error in its line, in code points.
  ///
  /// - Parameter bytes: The input that was refused. Lines end at LF.
  /// - Complexity: O(*n*) in the length of the line.
  package func column(in bytes: Span<UInt8>) -> Int {
    var column = 1
    var index = min(offset, bytes.count)
    while index > 0, bytes[index - 1] != UInt8(ascii: "\n") {
      index -= 1
      if bytes[index] & 0xC0 != 0x80 { column += 1 }
    }
    return column
  }

  /// Returns the 1-based line of the error.
  ///
  /// - Complexity: O(*n*) in `offset`.
  package func line(in bytes: Span<UInt8>) -> Int {
    1 + countLineFeeds(in: bytes, from: 0, to: min(offset, bytes.count))
  }
}

extension JSONError: CustomStringConvertible {
  /// What is wrong and how to mend it, without the place.
  package var description: String {
    switch reason {
    case .valueExpected:
      "a value must stand here: an object, an array, a string in double quotes, a number, true, false or null"
    case .unexpectedEnd:
      "the input ends in the middle of a value; the file may be cut off, or the record may go on in the next line"
    case .nameExpected: "a member name in double quotes must stand here"
    case .colonExpected: "':' must stand between the name and the value of a member"
    case .trailingComma: "a comma stands before the closing bracket; remove it"
    case .commaOrBraceExpected:
      "',' or '}' must follow the value of a member; a quotation mark inside a string is written \\\""
    case .commaOrBracketExpected: "',' or ']' must follow an element"
    case .leadingZero: "a number must not begin with 0; write it without, or as a string"
    case .digitExpected: "a digit must stand here in a number"
    case .badWord: "the only words outside of quotation marks are true, false and null"
    case .controlCharacter:
      "a string must not hold a raw control character; write \\n, \\t or \\u and four hexadecimal digits"
    case .badEscape: "no such escape; a backslash itself is written \\\\"
    case .badHexDigit: "\\u must be followed by four hexadecimal digits"
    case .tooDeep: "more than \(JSONScanner.depthLimit) arrays and objects stand inside each other"
    case .onlyOneValue: "nothing may follow the value; write each record on its own line"
    case .invalidUTF8: "a byte is not UTF-8; save the file as UTF-8"
    }
  }
}

/// Reads JSON (RFC 8259) strictly, value by value, from bytes that stay where they are.
///
///     {"id": 7, "text": "Kapal tenggelam", "tags": ["laut"]}
///            ▲ offset after nextName: skipValue, readString, or enterArray come next
///
/// The scanner holds an offset only; every call is given the same `bytes` again, so nothing is copied. Whatever
/// is skipped is checked as thoroughly as what is read.
///
/// **Offsets.** Bytes of the input.
///
/// **Errors.** `JSONError` at the first byte that cannot belong to a JSON text. Only `validate` checks that the
/// input is UTF-8; the other calls copy bytes above 0x7F as they are.
///
/// **Cost.** One visit per byte, eight bytes at a time inside strings; no recursion (`depthLimit` bits are kept
/// for open brackets) and no allocation.
package struct JSONScanner {
  /// How many arrays and objects may stand inside each other.
  package static let depthLimit = 512

  /// The next byte to read.
  package var offset: Int

  package init(at offset: Int = 0) {
    self.offset = offset
  }

  /// Checks that `bytes` are one JSON value in UTF-8, with nothing but white space around it.
  package static func validate(_ bytes: Span<UInt8>) throws(JSONError) {
    if let offset = TextDecoding.firstInvalidByte(in: bytes) {
      // A syntax error in front of the broken byte is the better place to look at.
      var scanner = JSONScanner()
      do {
        _ = try scanner.skipValue(in: bytes)
        try scanner.expectEnd(of: bytes)
      } catch {
        if error.offset < offset { throw error }
      }
      throw JSONError(offset: offset, reason: .invalidUTF8)
    }
    var scanner = JSONScanner()
    _ = try scanner.skipValue(in: bytes)
    try scanner.expectEnd(of: bytes)
  }

  /// Throws unless only white space is left.
  package mutating func expectEnd(of bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    if offset < bytes.count { throw JSONError(offset: offset, reason: .onlyOneValue) }
  }

  /// Moves to the next byte that is not white space.
  @inline(__always)
  package mutating func skipSpace(in bytes: Span<UInt8>) {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// Returns the byte at `offset`, or 0 at the end: NUL has no place outside of strings either.
  @inline(__always)
  package func peek(in bytes: Span<UInt8>) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  private func error(_ reason: JSONError.Reason, in bytes: Span<UInt8>) -> JSONError {
    JSONError(offset: offset, reason: offset < bytes.count ? reason : .unexpectedEnd)
  }
}

// Containers

extension JSONScanner {
  /// Steps over the `{` or `[` (`opening`) at `offset`.
  package mutating func enter(_ opening: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    guard peek(in: bytes) == opening else { throw error(.valueExpected, in: bytes) }
    offset += 1
  }

  /// Moves to the value of the next member of the object that was entered.
  ///
  /// - Parameter isFirst: `true` after `enter`; is set to `false`.
  /// - Returns: The raw name with its quotation marks (byte range), or `nil` after the closing brace.
  package mutating func nextName(
    in bytes: Span<UInt8>, isFirst: inout Bool
  ) throws(JSONError) -> Range<Int>? {
    skipSpace(in: bytes)
    if peek(in: bytes) == UInt8(ascii: "}"), offset < bytes.count {
      offset += 1
      return nil
    }
    if !isFirst { try skipComma(or: .commaOrBraceExpected, in: bytes) }
    isFirst = false
    return try skipName(in: bytes)
  }

  /// Moves to the next element of the array that was entered; `false` after the closing bracket.
  package mutating func nextElement(
    in bytes: Span<UInt8>, isFirst: inout Bool
  ) throws(JSONError) -> Bool {
    skipSpace(in: bytes)
    if peek(in: bytes) == UInt8(ascii: "]") {
      offset += 1
      return false
    }
    if !isFirst { try skipComma(or: .commaOrBracketExpected, in: bytes) }
    isFirst = false
    return true
  }

  /// Steps over a comma that must be followed by another member or element.
  @inline(__always)
  private mutating func skipComma(
    or reason: JSONError.Reason, in bytes: Span<UInt8>
  ) throws(JSONError) {
    guard peek(in: bytes) == UInt8(ascii: ",") else { throw error(reason, in: bytes) }
    offset += 1
    skipSpace(in: bytes)
    let next = peek(in: bytes)
    if next == UInt8(ascii: "]") && reason == .commaOrBracketExpected
      || next == UInt8(ascii: "}") && reason == .commaOrBraceExpected
    {
      throw error(.trailingComma, in: bytes)
    }
  }

  /// Steps over a name and its colon, and the white space around them.
  @inline(__always)
  private mutating func skipName(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
    guard peek(in: bytes) == UInt8(ascii: "\"") else { throw error(.nameExpected, in: bytes) }
    let start = offset
    try skipString(in: bytes)
    let name = start..<offset
    skipSpace(in: bytes)
    guard peek(in: bytes) == UInt8(ascii: ":") else { throw error(.colonExpected, in: bytes) }
    offset += 1
    skipSpace(in: bytes)
    return name
  }
}

// Values

extension JSONScanner {
  /// Checks and steps over one value of any kind.
  ///
  /// - Parameter depth: How many containers are open around it.
  /// - Returns: The byte range of the value, without white space around it.
  package mutating func skipValue(
    in bytes: Span<UInt8>, depth enclosing: Int = 0
  ) throws(JSONError) -> Range<Int> {
    skipSpace(in: bytes)
    let start = offset
    var isObject = InlineArray<8, UInt64>(repeating: 0)  // one bit per open container
    var depth = 0

    nextValue: while true {
      skipSpace(in: bytes)
      switch peek(in: bytes) {
      case UInt8(ascii: "\""): try skipString(in: bytes)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(in: bytes)
      case UInt8(ascii: "{"):
        guard enclosing + depth < Self.depthLimit else { throw error(.tooDeep, in: bytes) }
        isObject[depth >> 6] |= 1 << UInt64(depth & 63)
        depth += 1
        offset += 1
        skipSpace(in: bytes)
        if peek(in: bytes) != UInt8(ascii: "}") {
          _ = try skipName(in: bytes)
          continue nextValue
        }
      case UInt8(ascii: "["):
        guard enclosing + depth < Self.depthLimit else { throw error(.tooDeep, in: bytes) }
        isObject[depth >> 6] &= ~(1 << UInt64(depth & 63))
        depth += 1
        offset += 1
        skipSpace(in: bytes)
        if peek(in: bytes) != UInt8(ascii: "]") { continue nextValue }
      case UInt8(ascii: "t"): try skipWord("true", in: bytes)
      case UInt8(ascii: "f"): try skipWord("false", in: bytes)
      case UInt8(ascii: "n"): try skipWord("null", in: bytes)
      case let byte: throw error(isLetter(byte) ? .badWord : .valueExpected, in: bytes)
      }

      // A value, or an empty container's opening, lies behind: close what ends here.
      while depth > 0 {
        skipSpace(in: bytes)
        let inObject = isObject[(depth - 1) >> 6] >> UInt64((depth - 1) & 63) & 1 == 1
        if peek(in: bytes) == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          offset += 1
          depth -= 1
          continue
        }
        try skipComma(or: inObject ? .commaOrBraceExpected : .commaOrBracketExpected, in: bytes)
        if inObject { _ = try skipName(in: bytes) }
        continue nextValue
      }
      return start..<offset
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private mutating func skipWord(_ word: StaticString, in bytes: Span<UInt8>) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      // A static string is as long as its count says.
      guard peek(in: bytes) == word.utf8Start[index] else { throw error(.badWord, in: bytes) }
      offset += 1
    }
    if isLetter(peek(in: bytes)) { throw error(.badWord, in: bytes) }
  }

  /// Steps over a number: `-0.5e+3` and the like.
  package mutating func skipNumber(in bytes: Span<UInt8>) throws(JSONError) {
    if peek(in: bytes) == UInt8(ascii: "-") { offset += 1 }
    if peek(in: bytes) == UInt8(ascii: "0") {
      offset += 1
      if isDigit(peek(in: bytes)) { throw error(.leadingZero, in: bytes) }
    } else {
      try skipDigits(in: bytes)
    }
    if peek(in: bytes) == UInt8(ascii: ".") {
      offset += 1
      try skipDigits(in: bytes)
    }
    if peek(in: bytes) | 0x20 == UInt8(ascii: "e") {
      offset += 1
      let sign = peek(in: bytes)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
      try skipDigits(in: bytes)
    }
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }

  private mutating func skipDigits(in bytes: Span<UInt8>) throws(JSONError) {
    guard isDigit(peek(in: bytes)) else { throw error(.digitExpected, in: bytes) }
    repeat { offset += 1 } while isDigit(peek(in: bytes))
  }
}

// Strings

extension JSONScanner {
  /// Checks and steps over the string that starts at `offset`.
  package mutating func skipString(in bytes: Span<UInt8>) throws(JSONError) {
    offset += 1
    while true {
      offset = endOfPlainRun(in: bytes, from: offset)
      switch peek(in: bytes) {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"): _ = try readEscape(in: bytes)
      default: throw error(.controlCharacter, in: bytes)
      }
    }
  }

  /// Appends the string that starts at `offset`, decoded, to `output`.
  ///
  /// `\ud83d\ude00` becomes one character; half a surrogate pair becomes U+FFFD, one code point per escape.
  package mutating func readString(
    in bytes: Span<UInt8>, appendingTo output: inout [UInt8]
  ) throws(JSONError) {
    offset += 1
    while true {
      let end = endOfPlainRun(in: bytes, from: offset)
      if end > offset { append(bytes, offset..<end, to: &output) }
      offset = end
      switch peek(in: bytes) {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"): appendUTF8(try readEscape(in: bytes), to: &output)
      default: throw error(.controlCharacter, in: bytes)
      }
    }
  }

  /// Returns the code point that the escape at `offset` stands for, and steps over it.
  private mutating func readEscape(in bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
    offset += 1
    let letter = peek(in: bytes)
    let value: UInt32
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): value = UInt32(letter)
    case UInt8(ascii: "b"): value = 0x08
    case UInt8(ascii: "f"): value = 0x0C
    case UInt8(ascii: "n"): value = 0x0A
    case UInt8(ascii: "r"): value = 0x0D
    case UInt8(ascii: "t"): value = 0x09
    case UInt8(ascii: "u"):
      offset += 1
      let unit = try readHexDigits(in: bytes)
      guard unit & 0xF800 == 0xD800 else { return unit }
      guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
        bytes[offset + 1] == UInt8(ascii: "u")
      else { return 0xFFFD }
      let back = offset
      offset += 2
      let low = try readHexDigits(in: bytes)
      guard low & 0xFC00 == 0xDC00 else {
        offset = back  // the second escape stands for itself
        return 0xFFFD
      }
      return 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
    default: throw error(.badEscape, in: bytes)
    }
    offset += 1
    return value
  }

  private mutating func readHexDigits(in bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = peek(in: bytes)
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error(.badHexDigit, in: bytes)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  /// Returns the offset of the next `"`, `\` or control character at or after `start`, or the end.
  @inline(__always)
  private func endOfPlainRun(in bytes: Span<UInt8>, from start: Int) -> Int {
    let raw = bytes.bytes
    var index = start
    while index + 16 <= raw.byteCount {
      // Bounds-checked; "unsafe" only says that any bit pattern must do, which holds for an integer.
      let low = stops(in: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let high = stops(in: raw.unsafeLoadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
      if low | high != 0 {
        return low != 0
          ? index + low.trailingZeroBitCount >> 3 : index + 8 + high.trailingZeroBitCount >> 3
      }
      index += 16
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// Sets the top bit of the first byte, in memory order, that ends a plain run; bits after it mean nothing.
  @inline(__always)
  private func stops(in word: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: word)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    return (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & (ones &* 0x80)
  }
}

/// Appends a byte range to `output` in one copy.
@inline(__always)
func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
  bytes.extracting(range).withUnsafeBufferPointer { output.append(contentsOf: $0) }
}

/// Returns how many line feeds stand in `start..<end`.
func countLineFeeds(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
  bytes.extracting(start..<end).withUnsafeBytes { part in
    guard let base = part.baseAddress else { return 0 }
    return Int(fk_count_byte(base.assumingMemoryBound(to: UInt8.self), Int64(part.count), 0x0A))
  }
}
