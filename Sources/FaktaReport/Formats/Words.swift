/// The words and marks of a document, for formats that are made of tokens.
///
/// A word is a run of letters, digits and what stands on them; every other visible code point is a token of its own.
/// Where an annotation begins or ends, a token does so too.
struct Words {
  /// In text order, without white space.
  private(set) var spans: [ReportSpan] = []

  /// - Parameter cuts: Spans at whose ends tokens must be cut.
  init(_ document: ReportDocument, cuts: [ReportSpan]) {
    var isCut = Set<Int>()
    for span in cuts { isCut.formUnion([span.start, span.end]) }
    let scalars = document.scalars
    var at = 0
    while at < scalars.count {
      guard !scalars[at].properties.isWhitespace else {
        at += 1
        continue
      }
      let start = at
      at += 1
      if Self.isWord(scalars[start]) {
        while at < scalars.count, !isCut.contains(at), Self.isWord(scalars[at]) { at += 1 }
      } else {
        while at < scalars.count, !isCut.contains(at), Self.extends(scalars[at]) { at += 1 }
      }
      spans.append(ReportSpan(start, at))
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar.value &- 0x30 < 10 || (scalar.value | 0x20) &- 0x61 < 26
    }
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil || extends(scalar)
  }

  private static func extends(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && scalar.properties.isGraphemeExtend
  }
}
