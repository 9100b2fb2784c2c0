import CFaktaCompress

/// The compressed formats that are read and written.
public enum CompressionFormat: Int32, Sendable {
  case gzip = 1
  case zstd = 2

  /// Returns the format that the first four bytes of a stream announce, or `nil` for anything else.
  public init?(magicOf bytes: Span<UInt8>) {
    let code = bytes.withUnsafeBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return Int32(FK_PLAIN) }
      return fk_compression_of(base, buffer.count)
    }
    self.init(rawValue: code)
  }

  /// Returns the format that the end of a file name asks for: `.gz` or `.zst`.
  public init?(path: String) {
    if path.hasSuffix(".gz") {
      self = .gzip
    } else if path.hasSuffix(".zst") {
      self = .zstd
    } else {
      return nil
    }
  }
}

/// Why compressed data could not be read or written.
public enum CompressionError: Error, Equatable, Sendable, CustomStringConvertible {
  case truncated, corrupt, outOfMemory, windowTooLarge

  public var description: String {
    switch self {
    case .truncated: "the compressed data end too early; the file is incomplete, fetch it again"
    case .corrupt: "the compressed data are damaged; fetch the file again"
    case .outOfMemory: "not enough memory for the compressed data"
    case .windowTooLarge:
      "the file was compressed with a window of more than 128 MiB; compress it without --long or --ultra"
    }
  }

  init(code: Int32) {
    self =
      switch code {
      case Int32(FK_TRUNCATED): .truncated
      case Int32(FK_NO_MEMORY): .outOfMemory
      case Int32(FK_WINDOW): .windowTooLarge
      default: .corrupt
      }
  }
}

/// Decompresses a stream piece by piece. Members of gzip and frames of zstd that follow each other are one stream.
public struct Decompressor: ~Copyable {
  private let stream: OpaquePointer

  public init(_ format: CompressionFormat) throws(CompressionError) {
    guard let stream = fk_decompressor_open(format.rawValue) else { throw .outOfMemory }
    self.stream = stream
  }

  deinit { fk_decompressor_close(stream) }

  /// Decompresses a part of `input` and overwrites the beginning of `output`, which must not be empty.
  ///
  /// - Returns: How many bytes of `input` were used and how many of `output` were filled. Both are 0 when more input
  ///   is needed. Bytes that were decompressed before an error are returned first; the next call throws.
  public mutating func run(
    _ input: Span<UInt8>, into output: inout [UInt8]
  ) throws(CompressionError) -> (consumed: Int, written: Int) {
    precondition(!output.isEmpty, "there must be room for the output")
    var consumed = 0
    var written = 0
    let status = output.withUnsafeMutableBufferPointer { output in
      input.withUnsafeBufferPointer { input in
        fk_decompressor_run(
          stream, input.baseAddress ?? UnsafePointer(output.baseAddress!), input.count, &consumed,
          output.baseAddress!, output.count, &written)
      }
    }
    if status != FK_OK, written == 0 { throw CompressionError(code: status) }
    return (consumed, written)
  }

  /// Throws unless the stream is complete. To be called when there is no more input.
  public func expectEnd() throws(CompressionError) {
    let status = fk_decompressor_end(stream)
    if status != FK_OK { throw CompressionError(code: status) }
  }
}
