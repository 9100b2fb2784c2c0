import CFaktaText

/// The single-byte encoding that browsers take for Latin-1.
enum Windows1252 {
  /// Scalars of the bytes 0x80 to 0x9F; the five unassigned bytes keep their value, as in browsers.
  static let scalars: [UInt32] = (0x80..<0xA0).map { fk_windows1252($0) }

  /// The scalar of the byte `value`; larger numbers stand for themselves.
  static func scalar(_ value: UInt32) -> UInt32 {
    value >= 0x80 && value < 0xA0 ? scalars[Int(value - 0x80)] : value
  }
}
