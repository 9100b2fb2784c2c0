/// The hash FNV-1a of 64 bits: the same on every machine and in every run.
package enum FNV {
  package static func sum(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return sum
  }

  /// The sum of the string's UTF-8.
  package static func sum(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { sum(of: $0) }
  }
}
