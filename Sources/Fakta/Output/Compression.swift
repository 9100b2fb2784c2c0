import CFaktaCompress

/// Compresses a stream piece by piece. The same input gives the same output: no time stamp and no file name.
public struct Compressor: ~Copyable {
  private let stream: OpaquePointer

  /// - Parameter level: A level of the format; `nil` for its usual one.
  public init(_ format: CompressionFormat, level: Int? = nil) throws(CompressionError) {
    guard let stream = fk_compressor_open(format.rawValue, Int32(level ?? 0)) else {
      throw .outOfMemory
    }
    self.stream = stream
  }

  deinit { fk_compressor_close(stream) }

  /// Compresses all of `input` and appends what is ready to `output`; the stream may hold some of it back.
  public mutating func compress(
    _ input: Span<UInt8>, appendingTo output: inout [UInt8]
  ) throws(CompressionError) {
    try run(input, isLast: false, appendingTo: &output)
  }

  /// Appends what was held back and the end of the stream to `output`. Nothing may be compressed afterwards.
  public mutating func finish(appendingTo output: inout [UInt8]) throws(CompressionError) {
    try run([UInt8]().span, isLast: true, appendingTo: &output)
  }

  private mutating func run(
    _ input: Span<UInt8>, isLast: Bool, appendingTo output: inout [UInt8]
  ) throws(CompressionError) {
    var offset = 0
    while true {
      var consumed = 0
      var written = 0
      var isDone: Int32 = 0
      var status = Int32(FK_OK)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { piece in
        input.extracting(offset..<input.count).withUnsafeBufferPointer { rest in
          status = fk_compressor_run(
            stream, rest.baseAddress ?? UnsafePointer(piece.baseAddress!), rest.count, &consumed,
            piece.baseAddress!, piece.count, &written, isLast ? 1 : 0, &isDone)
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: piece[0..<written]))
      }
      if status != FK_OK { throw CompressionError(code: status) }
      offset += consumed
      if isLast ? isDone != 0 : offset == input.count && written < 1 << 16 { return }
    }
  }
}
