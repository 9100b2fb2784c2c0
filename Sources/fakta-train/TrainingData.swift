import Fakta

/// One sentence for the trainer: features and tags of the tokens where the tagger looks.
struct Example {
  /// Feature ids of each token, flattened; `starts` has one more entry than there are tokens.
  var features: [UInt32] = []
  var starts: [Int32] = [0]
  var tags: [UInt8] = []
  /// Whether a token follows text that the tagger does not look at.
  var opens: [Bool] = []
  var set = 0
  var weight: Float = 1

  var count: Int { tags.count }

  /// The same with only the features that satisfy `holds`.
  func filtered(_ holds: (UInt32) -> Bool) -> Example {
    var out = self
    out.features.removeAll()
    out.starts = [0]
    for i in 0..<count {
      for f in features[Int(starts[i])..<Int(starts[i + 1])] where holds(f) { out.features.append(f) }
      out.starts.append(Int32(out.features.count))
    }
    return out
  }
}

/// Turns marked texts into examples.
struct TrainingData {
  private(set) var featureIDs: [UInt64: UInt32] = [:]
  private(set) var keys: [UInt64] = []
  private var extractor: TaggerExtractor

  init(lexicon: Lexicon, without: Set<UInt64> = []) throws {
    extractor = try TaggerExtractor(lexicon: lexicon)
    extractor.without = without
  }

  /// The example of one text, by our guideline as far as the set's can be mapped to it.
  mutating func example(_ record: MarkedText, set: String, index: Int, mapped: Bool, caseless: Bool) -> Example {
    var text = record.text
    if caseless { text = Self.lowered(text) }
    let bytes = Array(text.utf8)
    extractor.read(bytes)
    let document = extractor.document
    var tags = [UInt8](repeating: 0, count: document.tokens.count)
    mark(record, text, document, &tags)
    if mapped { GuidelineMap(set: set).apply(&tags, extractor) }
    var example = Example()
    example.set = index
    var last = -2
    for i in 0..<document.tokens.count where extractor.isGated(i) {
      for key in extractor.features(i) { example.features.append(id(key)) }
      example.starts.append(Int32(example.features.count))
      example.tags.append(tags[i])
      let opens = last != i - 1 || extractor.isPassageStart(i)
      example.opens.append(opens)
      last = i
    }
    repair(&example)
    return example
  }

  /// A name whose beginning the tagger does not see begins where it looks.
  private func repair(_ example: inout Example) {
    var last = 0
    for i in 0..<example.count {
      if example.opens[i] { last = 0 }
      let tag = Int(example.tags[i])
      if !Tag.follows(tag, last) { example.tags[i] = UInt8(Tag.begin(Tag.label(tag))) }
      last = Int(example.tags[i])
    }
  }

  private mutating func id(_ key: UInt64) -> UInt32 {
    if let id = featureIDs[key] { return id }
    let id = UInt32(keys.count)
    featureIDs[key] = id
    keys.append(key)
    return id
  }

  private func mark(_ record: MarkedText, _ text: String, _ document: Document, _ tags: inout [UInt8]) {
    let offsets = text.scalarOffsets
    for name in record.names {
      let from = offsets[name.start]
      let to = offsets[name.end]
      var first = -1
      var last = -1
      for i in 0..<document.tokens.count {
        let raw = document.rawRange(of: TokenSpan(i, i + 1))
        guard raw.lowerBound < to, raw.upperBound > from else { continue }
        if first < 0 { first = i }
        last = i
      }
      while first >= 0, last > first, document.tokens.kind[last] >= TokenKind.period { last -= 1 }
      while first >= 0, first < last, document.tokens.kind[first] >= TokenKind.period { first += 1 }
      guard first >= 0 else { continue }
      for i in first...last {
        tags[i] = UInt8(i == first ? Tag.begin(Int(name.label.rawValue)) : Tag.inside(Int(name.label.rawValue)))
      }
    }
  }

  private static func lowered(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    // Scalar by scalar, so that the offsets of the names stay right.
    for scalar in text.unicodeScalars {
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      out.append(lower.count == 1 ? lower.first! : scalar)
    }
    return String(out)
  }
}
