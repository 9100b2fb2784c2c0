/// A set of word classes (`preposition`, `speech`, `office` …), as bits; the names are in the lists.
public struct ClassSet: Sendable, Hashable, BitwiseCopyable {
  public var low: UInt64
  public var high: UInt64

  @inlinable public init(low: UInt64 = 0, high: UInt64 = 0) {
    self.low = low
    self.high = high
  }

  /// The set of one class; empty for `nil`.
  public init(index: Int?) {
    self.init()
    guard let index, index >= 0, index < 128 else { return }
    if index < 64 { low = 1 << UInt64(index) } else { high = 1 << UInt64(index - 64) }
  }

  @inlinable public var isEmpty: Bool { low | high == 0 }
  @inlinable public func intersects(_ other: ClassSet) -> Bool { (low & other.low) | (high & other.high) != 0 }
  @inlinable public func union(_ other: ClassSet) -> ClassSet {
    ClassSet(low: low | other.low, high: high | other.high)
  }
  mutating func formUnion(_ other: ClassSet) {
    low |= other.low
    high |= other.high
  }
  public static let capacity = 128
}

/// What a list says of a name beyond its label.
public struct NameFlags: OptionSet, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static let needsCue = NameFlags(rawValue: 1)
  public static let commonWord = NameFlags(rawValue: 2)
  public static let exactCase = NameFlags(rawValue: 4)
  public static let personPart = NameFlags(rawValue: 8)
  public static let ambiguous = NameFlags(rawValue: 16)
  public static let historic = NameFlags(rawValue: 32)
  public static let foreign = NameFlags(rawValue: 128)
  /// A user's line that takes a built-in name away.
  public static let removed = NameFlags(rawValue: 256)
  /// The form is an alias, not the canonical name.
  public static let alias = NameFlags(rawValue: 512)

  /// All flags that a list may write, for messages.
  static let names = byName.keys.sorted().joined(separator: ", ")

  static let byName: [String: NameFlags] = [
    "needs-cue": .needsCue, "common-word": .commonWord, "exact-case": .exactCase, "person-part": .personPart,
    "ambiguous": .ambiguous, "historic": .historic, "foreign": .foreign,
  ]
}

/// What an entity is.
public enum EntityLabel: UInt8, Sendable {
  case none = 0
  case person = 1
  case location = 2
  case organization = 3

  /// `PER`, `LOC`, `ORG`; empty for none.
  public var code: StaticString {
    switch self {
    case .none: ""
    case .person: "PER"
    case .location: "LOC"
    case .organization: "ORG"
    }
  }

  init?(code: String) {
    switch code {
    case "PER": self = .person
    case "LOC": self = .location
    case "ORG": self = .organization
    default: return nil
    }
  }
}
