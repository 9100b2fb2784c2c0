extension String {
  /// The parts between a mark, without empty ones: by bytes, since going by characters costs ten times as much, and stages split
  /// hundreds of cells when they are made.
  func parts(_ mark: Unicode.Scalar) -> [String] {
    var text = self
    return text.withUTF8 { bytes in
      var parts: [String] = []
      var start = 0
      for i in 0...bytes.count where i == bytes.count || bytes[i] == UInt8(ascii: mark) {
        if i > start { parts.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<i]), as: UTF8.self)) }
        start = i + 1
      }
      return parts
    }
  }
}
