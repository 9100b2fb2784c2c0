import Glibc

/// Why an input could not be opened or read on.
public struct InputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as the user named it; `-` is the standard input.
  public let path: String
  /// What went wrong and, where there is one, the remedy.
  public let reason: String
  /// The number by which the system said so; 0 if it was not the system.
  public private(set) var errorNumber: Int32 = 0

  public var description: String { "\(path): \(reason)" }

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  init(path: String, errorNumber: Int32) {
    self.init(path: path, reason: String(cString: strerror(errorNumber)))
    self.errorNumber = errorNumber
  }
}

/// Reads a file, a pipe or the standard input in pieces of whole lines, decompressed where it is `.gz` or `.zst`
/// (known by its first bytes, not by its name).
///
///     var source = try ByteSource(path: "berita.ndjson.gz")
///     var chunk: [UInt8] = []
///     while try source.nextChunk(into: &chunk) {
///       var lines = LineCursor(firstLine: source.firstLine)
///       while let line = lines.next(in: chunk.span) { … }
///     }
///
/// A byte order mark is removed, and UTF-16 becomes UTF-8; otherwise the bytes are as they are in the
/// file, line ends included.
///
/// **Errors.** `InputError`. When the input breaks off or is damaged, all whole lines in front of that are delivered
/// first. A line longer than `maximumLineLength` is left out and noted in `failures`; its neighbours are not touched.
///
/// **Cost.** One read(2) per 256 KiB and one copy. Memory is a few times the longer of chunk and longest line.
public struct ByteSource: ~Copyable {
  /// How much is read at a time and, roughly, how large a chunk is, in bytes.
  public let chunkSize: Int
  /// Longer lines are left out, in bytes; at least three chunks.
  public let maximumLineLength: Int
  /// The 1-based number of the first line of the latest chunk.
  public private(set) var firstLine = 1
  /// Where the latest chunk begins, in bytes of the decompressed input (after conversion, for UTF-16).
  public private(set) var firstOffset = 0
  /// How many bytes of the file were read so far, compressed ones as they are.
  public private(set) var bytesRead = 0
  /// How many lines were delivered or left out so far.
  public var linesRead: Int { nextLine - 1 }
  /// The lines that were left out so far, in order.
  public private(set) var failures: [ReadFailure] = []

  /// Says so if the input is UTF-16. Broken UTF-8 is a matter of each record.
  public var decodingNote: DecodingNote? { utf16.map { .utf16(replaced: $0.replaced) } }

  private let path: String
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var decompressor: Decompressor?
  private var utf16: UTF16Decoder?
  private var hasStarted = false

  private var input: [UInt8]  // what read(2) gave
  private var inputRange = 0..<0  // the part not decompressed yet
  private var isInputAtEnd = false
  private var hasReadInput = false
  private var plain: [UInt8]  // what the decompressor gave
  private var head: [UInt8] = []  // the first piece, and every piece of UTF-16
  private var rest: [UInt8] = []  // the beginning of a line whose end is not read yet
  private var isAtEnd = false
  private var pendingError: InputError?
  private var nextLine = 1
  private var nextOffset = 0

  /// Opens `path`; `-` is the standard input.
  public init(
    path: String, chunkSize: Int = 256 << 10, maximumLineLength: Int = 1 << 30
  ) throws(InputError) {
    if path == "-" {
      self.init(
        descriptor: STDIN_FILENO, path: path, chunkSize: chunkSize,
        maximumLineLength: maximumLineLength)
      return
    }
    var descriptor = open(path, O_RDONLY | O_CLOEXEC)
    while descriptor < 0 && errno == EINTR { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
    if descriptor < 0 { throw InputError(path: path, errorNumber: errno) }
    self.init(
      descriptor: descriptor, path: path, ownsDescriptor: true, chunkSize: chunkSize,
      maximumLineLength: maximumLineLength)
  }

  /// Reads an open file descriptor, which stays open unless `ownsDescriptor`.
  public init(
    descriptor: Int32, path: String, ownsDescriptor: Bool = false, chunkSize: Int = 256 << 10,
    maximumLineLength: Int = 1 << 30
  ) {
    precondition(chunkSize >= 16, "a chunk must hold the first bytes of a file")
    self.descriptor = descriptor
    self.path = path
    self.ownsDescriptor = ownsDescriptor
    self.chunkSize = chunkSize
    self.maximumLineLength = max(maximumLineLength, 3 * chunkSize)
    // No more than a small file needs, and one byte to see that it has ended.
    var status = stat()
    let isSmall = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size < chunkSize
    input = [UInt8](repeating: 0, count: isSmall ? max(4096, Int(status.st_size) + 1) : chunkSize)
    plain = []
  }

  deinit {
    if ownsDescriptor { _ = close(descriptor) }
  }
}

// Lines

extension ByteSource {
  /// Replaces `chunk` with the next whole lines, about `chunkSize` bytes; the last line of the input may lack its end.
  ///
  /// - Returns: `false` at the end of the input, with an empty `chunk`.
  public mutating func nextChunk(into chunk: inout [UInt8]) throws(InputError) -> Bool {
    chunk.removeAll(keepingCapacity: true)
    swap(&chunk, &rest)
    var lastLineStart = 0  // in `chunk`
    var searched = 0
    var isAtEnd = false
    while !isAtEnd && !(chunk.count >= chunkSize && lastLineStart > 0) {
      isAtEnd = readText(appendingTo: &chunk)
      let lineEnd = firstLineFeed(in: chunk.span, from: searched)
      if (lineEnd ?? chunk.count) - lastLineStart > maximumLineLength {
        isAtEnd = skipLine(beginning: &chunk, end: lineEnd) || isAtEnd
        searched = 0
      }
      if let end = lastLineFeed(in: chunk.span, from: searched) { lastLineStart = end + 1 }
      searched = chunk.count
    }
    if isAtEnd && pendingError == nil { lastLineStart = chunk.count }
    if lastLineStart == 0, let error = pendingError {
      chunk.removeAll(keepingCapacity: true)
      throw error
    }
    rest.removeAll(keepingCapacity: true)
    append(chunk.span, lastLineStart..<chunk.count, to: &rest)
    chunk.removeLast(chunk.count - lastLineStart)

    firstLine = nextLine
    firstOffset = nextOffset
    nextLine += countLineFeeds(in: chunk.span, from: 0, to: chunk.count)
    nextOffset += chunk.count
    return !chunk.isEmpty
  }

  /// Throws away a line that is too long.
  ///
  /// - Parameters:
  ///   - chunk: The line, or as much as was read of it; then what follows it.
  ///   - end: The offset of its LF in `chunk`, if that was read.
  /// - Returns: Whether the input ended meanwhile.
  private mutating func skipLine(beginning chunk: inout [UInt8], end: Int?) -> Bool {
    var length = 0
    var end = end
    var isAtEnd = false
    while end == nil, !isAtEnd {
      length += chunk.count
      chunk.removeAll(keepingCapacity: true)
      isAtEnd = readText(appendingTo: &chunk)
      end = firstLineFeed(in: chunk.span, from: 0)
    }
    let last = end.map { $0 + 1 } ?? chunk.count
    length += last
    chunk.removeFirst(last)
    failures.append(
      ReadFailure(
        code: .lineTooLong,
        message: "the line has \(length) bytes, more than \(maximumLineLength); a record must stand on its own line",
        line: nextLine, id: nil))
    nextLine += 1
    nextOffset += length
    return isAtEnd
  }

  /// Replaces `bytes` with all that is left of the input, without any conversion but decompression.
  ///
  /// To be used instead of `nextChunk`, for a file that is one document; see `TextDecoding.decode`.
  ///
  /// - Parameter limit: Reading stops soon after so many bytes; then there are more than `limit` bytes.
  public mutating func readAll(into bytes: inout [UInt8], limit: Int = .max) throws(InputError) {
    bytes.removeAll(keepingCapacity: true)
    while !readPiece(appendingTo: &bytes) {
      if bytes.count > limit { return }
    }
    if let error = pendingError { throw error }
  }
}

// Bytes

extension ByteSource {
  /// Appends a piece of the text, without byte order mark, to `output`; `true` at the end of the input.
  private mutating func readText(appendingTo output: inout [UInt8]) -> Bool {
    if hasStarted && utf16 == nil { return readPiece(appendingTo: &output) }
    var piece: [UInt8] = []
    swap(&piece, &head)
    piece.removeAll(keepingCapacity: true)
    var isAtEnd = readPiece(appendingTo: &piece)
    if !hasStarted {
      hasStarted = true
      while piece.count < 64, !isAtEnd { isAtEnd = readPiece(appendingTo: &piece) }
      if piece.starts(with: [0xEF, 0xBB, 0xBF]) {
        piece.removeFirst(3)
      } else if let decoder = UTF16Decoder(head: piece.span) {
        utf16 = decoder
        piece.removeFirst(decoder.mark)
      }
    }
    if utf16 == nil {
      output.append(contentsOf: piece)
    } else {
      utf16?.decode(piece.span, appendingTo: &output)
      if isAtEnd { utf16?.finish(appendingTo: &output) }
    }
    swap(&piece, &head)
    return isAtEnd
  }

  /// Appends a piece of the decompressed input to `output`; `true` at the end, which may be a `pendingError`.
  private mutating func readPiece(appendingTo output: inout [UInt8]) -> Bool {
    if isAtEnd { return true }
    if inputRange.isEmpty && !isInputAtEnd {
      let isFirst = !hasReadInput
      // Full pieces even from a pipe: chunks depend on the bytes alone, never on how they arrived.
      fillInput(atLeast: chunkSize)
      if isFirst, let format = CompressionFormat(magicOf: input.span.extracting(inputRange)) {
        do {
          decompressor = try Decompressor(format)
          plain = [UInt8](repeating: 0, count: chunkSize)
        } catch {
          stop(InputError(path: path, reason: "\(error)"))
        }
      }
    }
    if decompressor == nil {
      append(input.span, inputRange, to: &output)
      inputRange = 0..<0
      isAtEnd = isInputAtEnd
      return isAtEnd
    }
    do {
      let step = try decompressStep()
      inputRange = inputRange.lowerBound + step.consumed..<inputRange.upperBound
      append(plain.span, 0..<step.written, to: &output)
      if isInputAtEnd && step == (0, 0) {
        isAtEnd = true
        try decompressor?.expectEnd()
      }
    } catch {
      stop(InputError(path: path, reason: "\(error)"))
    }
    return isAtEnd
  }

  /// Ends the input; what was read before is delivered first.
  private mutating func stop(_ error: InputError) {
    pendingError = error
    isInputAtEnd = true
    isAtEnd = true
  }

  private mutating func decompressStep() throws(CompressionError) -> (consumed: Int, written: Int) {
    var plain: [UInt8] = []
    swap(&plain, &self.plain)
    defer { swap(&plain, &self.plain) }
    let input = input
    return try decompressor!.run(input.span.extracting(inputRange), into: &plain)
  }

  /// Reads into `input` until it holds `count` bytes or the input ends.
  private mutating func fillInput(atLeast count: Int) {
    hasReadInput = true
    let descriptor = descriptor
    var filled = 0
    while filled < min(count, input.count), !isInputAtEnd {
      let got = input.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      }
      if got < 0 {
        if errno == EINTR { continue }
        stop(InputError(path: path, errorNumber: errno))
        break
      }
      if got == 0 { isInputAtEnd = true }
      filled += got
      bytesRead += got
    }
    inputRange = 0..<filled
  }
}

/// Walks through the lines of a chunk.
public struct LineCursor {
  /// The 1-based number of the line that `next` returned last.
  public private(set) var line: Int
  private var offset = 0

  /// - Parameter firstLine: The 1-based number of the first line of the chunk.
  public init(firstLine: Int = 1) {
    line = firstLine - 1
  }

  /// Returns the byte range of the next line, without its LF or CRLF, or `nil` at the end.
  ///
  /// - Parameter chunk: The same bytes in every call. The last line may lack its end.
  public mutating func next(in chunk: Span<UInt8>) -> Range<Int>? {
    guard offset < chunk.count else { return nil }
    let start = offset
    let end = firstLineFeed(in: chunk, from: start) ?? chunk.count
    offset = end + 1
    line += 1
    let hasCarriageReturn = end > start && chunk[end - 1] == UInt8(ascii: "\r")
    return start..<(hasCarriageReturn ? end - 1 : end)
  }
}

/// Returns the offset of the first LF at or after `start`.
func firstLineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
  bytes.extracting(start..<bytes.count).withUnsafeBytes { rest in
    guard let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) else { return nil }
    return start + (UnsafeRawPointer(found) - base)
  }
}

/// Returns the offset of the last LF at or after `start`.
func lastLineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
  var index = bytes.count
  while index > start {
    index -= 1
    if bytes[index] == UInt8(ascii: "\n") { return index }
  }
  return nil
}
