import CFaktaICU

/// What this build is.
public enum Release {
  public static let version = "0.1.0"
  /// The version of ICU that it runs with.
  public static var icuVersion: String { String(cString: fk_icu_version()) }
}

extension Lexicon {
  /// Differs when any list differs.
  public var fingerprint: String {
    let images = [base.image] + (user.map { [$0.image] } ?? [])
    var sums = images.map { $0.memory.loadUnaligned(fromByteOffset: 24, as: UInt64.self) }
    // What users take away stands in no image.
    if !removed.isEmpty { sums.append(Array(removed.utf8).withUnsafeBytes { LexiconImage.checksum($0) }) }
    return sums.map { String($0, radix: 16) }.joined(separator: "+")
  }
}
