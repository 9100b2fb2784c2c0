/// Compiled rules as the bytes of an image section (`RULES`), and back.
///
/// Reading is bounds-checked: a damaged section yields fewer rules, never a crash.
enum RuleImage {
  static let section = "RULES"

  static func encode(_ rules: [CompiledRule]) -> [UInt8] {
    var out = Writer()
    out.int(rules.count)
    for rule in rules {
      out.string(rule.name)
      out.string(rule.file)
      out.int(rule.line)
      out.string(rule.kind)
      out.list(rule.slots) { $1.string($0) }
      out.list(rule.slotCaptures) { $1.int(Int($0)) }
      out.int(Int(rule.formerCapture) | Int(rule.quotedCapture) << 8 | (rule.staysInClause ? 1 << 16 : 0))
      out.int(rule.priority + 1000)
      out.int(rule.weight)
      out.list(rule.elements) { element, out in
        out.string(element.text)
        out.int(element.line)
        out.int(element.column)
        out.list(element.tests) { encode($0, &$1) }
        out.list(element.excluded) { encode($0, &$1) }
      }
      out.list(rule.positions) { position, out in
        out.int(Int(position.element))
        out.int(Int(position.captures))
        out.list(position.follow) { $1.int(Int($0)) }
      }
      out.list(rule.entry) { $1.int(Int($0)) }
      out.list(rule.notAfter) { $1.int(Int($0)) }
      out.list(rule.notBefore) { $1.int(Int($0)) }
      out.list(rule.anchors) { $1.int(Int($0)) }
      out.int(rule.reachBefore)
    }
    return out.bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) -> [CompiledRule] {
    var input = Reader(bytes: bytes)
    var rules: [CompiledRule] = []
    let count = input.int()
    while rules.count < count, !input.failed {
      var rule = CompiledRule()
      rule.name = input.string()
      rule.file = input.string()
      rule.line = input.int()
      rule.kind = input.string()
      rule.slots = input.list { $0.string() }
      rule.slotCaptures = input.list { UInt8(truncatingIfNeeded: $0.int()) }
      let flags = input.int()
      rule.formerCapture = UInt8(truncatingIfNeeded: flags)
      rule.quotedCapture = UInt8(truncatingIfNeeded: flags >> 8)
      rule.staysInClause = flags >> 16 & 1 != 0
      rule.priority = input.int() - 1000
      rule.weight = input.int()
      rule.elements = input.list { input in
        let text = input.string()
        let line = input.int()
        let column = input.int()
        return RuleElement(
          tests: input.list { decodeTest(&$0) }, excluded: input.list { decodeTest(&$0) }, text: text, line: line,
          column: column)
      }
      rule.positions = input.list {
        .init(
          element: UInt16(truncatingIfNeeded: $0.int()), captures: UInt16(truncatingIfNeeded: $0.int()),
          follow: $0.list { UInt8(truncatingIfNeeded: $0.int()) })
      }
      rule.entry = input.list { UInt8(truncatingIfNeeded: $0.int()) }
      rule.notAfter = input.list { UInt16(truncatingIfNeeded: $0.int()) }
      rule.notBefore = input.list { UInt16(truncatingIfNeeded: $0.int()) }
      rule.anchors = input.list { UInt16(truncatingIfNeeded: $0.int()) }
      rule.reachBefore = input.int()
      if !input.failed, isSound(rule) { rules.append(rule) } else { break }
    }
    return rules
  }

  /// Whether every index of the rule is inside its tables.
  private static func isSound(_ rule: CompiledRule) -> Bool {
    func sound(_ list: [UInt8]) -> Bool {
      list.allSatisfy { $0 == CompiledRule.accept || Int($0) < rule.positions.count }
    }
    func known(_ list: [UInt16]) -> Bool { list.allSatisfy { Int($0) < rule.elements.count } }
    return rule.positions.count <= CompiledRule.mostPositions && sound(rule.entry) && known(rule.notAfter)
      && known(rule.notBefore)
      && known(rule.anchors) && rule.slots.count == rule.slotCaptures.count
      && rule.slotCaptures.allSatisfy { $0 < CompiledRule.mostCaptures }
      && rule.positions.allSatisfy { Int($0.element) < rule.elements.count && sound($0.follow) }
  }

  private static func encode(_ test: RuleTest, _ out: inout Writer) {
    switch test {
    case .literal(let hash):
      out.int(0)
      out.int(Int(hash >> 32))
      out.int(Int(hash & 0xFFFF_FFFF))
    case .mark(let bytes):
      out.int(1)
      out.string(String(decoding: bytes, as: UTF8.self))
    case .listed(let name, let conditions):
      out.int(2)
      out.string(name)
      out.list(conditions) {
        $1.string($0.column)
        $1.string($0.value)
      }
    case .entity(let mask):
      out.int(3)
      out.int(Int(mask))
    case .date(let mask):
      out.int(4)
      out.int(Int(mask))
    case .quantity(let mask):
      out.int(5)
      out.int(Int(mask))
    case .number: out.int(6)
    case .shape(let shape):
      out.int(7)
      out.int(Int(shape.rawValue))
    }
  }

  private static func decodeTest(_ input: inout Reader) -> RuleTest {
    switch input.int() {
    case 0:
      return .literal(
        UInt64(UInt32(truncatingIfNeeded: input.int())) << 32 | UInt64(UInt32(truncatingIfNeeded: input.int())))
    case 1: return .mark(Array(input.string().utf8))
    case 2:
      let name = input.string()
      return .listed(name, input.list { RuleCondition(column: $0.string(), value: $0.string()) })
    case 3: return .entity(UInt8(truncatingIfNeeded: input.int()))
    case 4: return .date(UInt8(truncatingIfNeeded: input.int()))
    case 5: return .quantity(UInt8(truncatingIfNeeded: input.int()))
    case 6: return .number
    default: return .shape(RuleShape(rawValue: UInt8(truncatingIfNeeded: input.int())) ?? .any)
    }
  }

  private struct Writer {
    var bytes: [UInt8] = []
    mutating func int(_ value: Int) {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: value)) { bytes.append(contentsOf: $0) }
    }
    mutating func string(_ text: String) {
      int(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }
    mutating func list<T>(_ items: [T], _ body: (T, inout Writer) -> Void) {
      int(items.count)
      for item in items { body(item, &self) }
    }
  }

  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var at = 0
    var failed = false
    mutating func int() -> Int {
      guard bytes.count - at >= 4 else {
        failed = true
        return 0
      }
      defer { at += 4 }
      return Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
    mutating func string() -> String {
      let count = int()
      guard count <= bytes.count - at else {
        failed = true
        return ""
      }
      defer { at += count }
      return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]), as: UTF8.self)
    }
    mutating func list<T>(_ body: (inout Reader) -> T) -> [T] {
      let count = int()
      guard count <= bytes.count - at else {
        failed = true
        return []
      }
      var out: [T] = []
      guard count > 0 else { return out }
      out.reserveCapacity(count)
      while out.count < count, !failed { out.append(body(&self)) }
      return out
    }
  }
}
