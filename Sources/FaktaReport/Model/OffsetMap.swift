import Fakta

extension ReportDocument {
  /// Calls `body` on every span of every layer.
  mutating func forEachSpan(_ body: (inout ReportSpan) -> Void) {
    for i in regions.indices { body(&regions[i].span) }
    for i in sentences.indices { body(&sentences[i]) }
    for i in entities.indices { body(&entities[i].span) }
    for i in dates.indices { body(&dates[i].span) }
    for i in quantities.indices {
      body(&quantities[i].span)
      if quantities[i].item != nil { body(&quantities[i].item!) }
    }
    for i in facts.indices {
      for k in facts[i].slots.indices { body(&facts[i].slots[k].span) }
    }
  }
}

/// Converts offsets between code points and another unit of one text.
struct OffsetMap {
  /// The offset of each code point in `unit`, and of the end; empty when both are the same.
  private var starts: [Int] = []
  private let count: Int

  init(_ scalars: [Unicode.Scalar], unit: OffsetUnit) {
    count = scalars.count
    guard unit != .codepoint, scalars.contains(where: { unit == .utf8 ? !$0.isASCII : $0.value > 0xFFFF }) else {
      return
    }
    starts.reserveCapacity(count + 1)
    var offset = 0
    for scalar in scalars {
      starts.append(offset)
      offset += unit == .utf8 ? UTF8.width(scalar) : UTF16.width(scalar)
    }
    starts.append(offset)
  }

  /// Turns a span in the unit into code points in bounds.
  func convert(_ span: inout ReportSpan) {
    span.start = min(max(0, codepoint(span.start)), count)
    span.end = min(max(span.start, codepoint(span.end)), count)
  }

  /// The code point that begins at or contains `offset`.
  private func codepoint(_ offset: Int) -> Int {
    guard !starts.isEmpty else { return offset }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The offset in the unit of a code point in bounds.
  func offset(of codepoint: Int) -> Int { starts.isEmpty ? codepoint : starts[codepoint] }
}
