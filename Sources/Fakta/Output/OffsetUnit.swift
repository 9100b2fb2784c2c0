/// What offsets into a text count.
public enum OffsetUnit: String, Sendable, CaseIterable {
  /// Unicode scalars.
  case codepoint
  /// Code units of UTF-16.
  case utf16
  /// Bytes of UTF-8.
  case utf8
}
