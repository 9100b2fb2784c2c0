import CFaktaText
import Glibc

/// How a token is written, as the tagger sees it.
enum WordForm {
  static let mark: UInt8 = 0
  static let small: UInt8 = 1
  static let capital: UInt8 = 2
  static let allCaps: UInt8 = 3
  /// Capitals inside a word with small letters (`LiputanIslam`).
  static let mixed: UInt8 = 4
  static let digits: UInt8 = 5
  /// A single capital letter.
  static let initial: UInt8 = 6
  /// A word of a passage whose case says nothing.
  static let caseless: UInt8 = 7

  /// The forms of names, and with `caseless`, as bits.
  static let names: UInt8 = 1 << capital | 1 << allCaps | 1 << mixed | 1 << initial
  static let namesOrCaseless: UInt8 = names | 1 << caseless

  @inline(__always) static func isName(_ form: UInt8) -> Bool { names >> (form & 7) & 1 != 0 }

  /// Whether a token of this form can be a name or a part of one: all but marks and small words.
  @inline(__always) static func isOpen(_ form: UInt8) -> Bool { form > small }

  /// The forms of words with these shapes (`TokenShape`): by the bits first capital, has small letters, inner capital.
  @inline(__always) static func of(shapes: FkBytes) -> FkBytes {
    let written = shapes & 7
    // Small, initial, small, capital, mixed, allCaps, mixed, mixed.
    let isSmall = fk_between(written & ~TokenShape.hasLower, 0, 0) & small
    let isCapital = fk_between(written, 3, 3) & capital
    let isInitial = fk_between(written, 1, 1) & initial
    let isAllCaps = fk_between(written, 5, 5) & allCaps
    let isMixed = (fk_between(written, 4, 4) | fk_between(written, 6, 7)) & mixed
    return isSmall | isCapital | isInitial | isAllCaps | isMixed
  }
}

/// A name of the lists in the text: which tokens, and what it can be.
struct NameHit: Sendable {
  var start: Int32
  var end: Int32
  var state: UInt32
  /// Bits of `EntityLabel` raw values: 2 person, 4 place, 8 organization.
  var labels: UInt8
  /// Labels for which a listing without reservations (needs-cue, common-word, person-part, ambiguous) stands.
  var sure: UInt8
  /// Labels for which no listing says that a cue is needed.
  var bare: UInt8

  /// From a list of the user.
  var isUser: Bool { state & Lexicon.userBit != 0 }
}

/// What the tagger and the rules need to know of a token; two of them fill a line of the cache.
struct TokenInfo: Sendable {
  /// Cues that begin and end here.
  var starts: CueSet = []
  var ends: CueSet = []
  /// First token and end of the capitalised run around the token; both 0 outside.
  var runStart: Int32 = 0
  var runEnd: Int32 = 0
  /// Index of the list hit that covers the token, -1 for none.
  var hitIndex: Int32 = -1
  var id: UInt32 = 0
  var form: UInt8 = 0
  /// 1 at the first word of a sentence, 2 at the first token of a passage.
  var begin: UInt8 = 0
  /// Position in a list hit: label bits, strength and place in the hit; 0 outside.
  var hit: UInt8 = 0
  /// 1 where a name can stand and the tagger looks.
  var gate: UInt8 = 0
  /// 1 in passages whose case says nothing.
  var isCaseless: UInt8 = 0
  var kind: UInt8 = 0
  var hasNonASCII: UInt8 = 0
  var unused: UInt8 = 0

  /// Identity of a token with this hash: the hash of the lower-cased form, or the mark.
  @inline(__always)
  func word(_ hash: UInt64) -> UInt64 { hash != 0 ? hash : UInt64(kind) | 0x100 }
}

/// What the lists say of all that ends at a node of the tree, as far as it does not depend on how the text writes it.
struct NodeFacts {
  /// Cues and `CueTable.nameBit`.
  var cues: UInt32 = 0
  /// As in `NameHit`, of the listings whose case is free.
  var labels: UInt8 = 0
  var sure: UInt8 = 0
  var bare: UInt8 = 0
  var flags: UInt8 = 0
  /// A listing counts only as it is written.
  static let isExact: UInt8 = 1
  /// A list may write the name small, so that a word in small letters can be it.
  static let canBeSmall: UInt8 = 2
  /// `canBeSmall` is known and no guess.
  static let isSmallKnown: UInt8 = 4
}

/// What is known of the nodes of the tree that were met: a number for each, and what it stands for. Many nodes say the same, so
/// that what they say stays near.
final class NodeTable: @unchecked Sendable {
  private static let mostKinds = 1 << 12
  /// Where the number of a node stands.
  struct Places {
    /// Nodes of the built-in lists and of the user's. Behind each a place for what a damaged image may have.
    let base: Int
    let user: Int
    var count: Int { base + user + 2 }

    @inline(__always)
    func of(_ state: UInt32) -> Int {
      let node = Int(state & ~Lexicon.userBit)
      return state & Lexicon.userBit == 0 ? min(node, base) : base &+ 1 &+ min(node, user)
    }

    /// About the same, to ask memory for: right for all nodes of the built-in lists.
    @inline(__always)
    func near(_ state: UInt32) -> Int { Int(state & ~Lexicon.userBit) }
  }

  let places: Places
  /// By `places`; 0 for nodes of which nothing is known. Memory that no node has touched costs nothing.
  let numbers: UnsafeMutablePointer<UInt16>
  let kinds: UnsafeMutablePointer<NodeFacts>
  /// What names can be that count only as they are written.
  struct Written {
    /// A hash of node and text; 0 for none.
    var key: UInt64 = 0
    var labels: UInt8 = 0
    var sure: UInt8 = 0
    var bare: UInt8 = 0
  }
  private static let writtenCount = 1 << 11
  private let names: UnsafeMutablePointer<Written>
  /// The numbers of `kinds`, where a hash of what they stand for says.
  private let known: UnsafeMutablePointer<UInt16>
  private var used = 1

  init(base: Int, user: Int) {
    places = Places(base: base, user: user)
    guard let numbers = calloc(places.count, 2), let known = calloc(2 * Self.mostKinds, 2),
      let kinds = calloc(Self.mostKinds, MemoryLayout<NodeFacts>.stride),
      let names = calloc(Self.writtenCount, MemoryLayout<Written>.stride)
    else {
      fatalError("no memory for nodes")
    }
    self.numbers = numbers.bindMemory(to: UInt16.self, capacity: places.count)
    self.known = known.bindMemory(to: UInt16.self, capacity: 2 * Self.mostKinds)
    self.kinds = kinds.bindMemory(to: NodeFacts.self, capacity: Self.mostKinds)
    self.names = names.bindMemory(to: Written.self, capacity: Self.writtenCount)
  }

  deinit {
    free(numbers)
    free(known)
    free(kinds)
    free(names)
  }

  /// Where what is known of a name's text stands.
  @inline(__always)
  func written(_ key: UInt64) -> UnsafeMutablePointer<Written> {
    names + Int(truncatingIfNeeded: key >> 20) & (Self.writtenCount - 1)
  }

  /// An empty table for the same lists.
  func another() -> NodeTable { NodeTable(base: places.base, user: places.user) }

  /// Notes what is said at a node.
  func set(_ state: UInt32, _ facts: NodeFacts) {
    let bits = unsafeBitCast(facts, to: UInt64.self)
    var slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 40)
    while true {
      slot &= 2 * Self.mostKinds - 1
      let number = Int(known[slot])
      if number != 0, unsafeBitCast(kinds[number], to: UInt64.self) == bits { break }
      if number == 0 {
        if used == Self.mostKinds {
          // More kinds than there is room for: all begins anew.
          numbers.update(repeating: 0, count: places.count)
          known.update(repeating: 0, count: 2 * Self.mostKinds)
          used = 1
        }
        kinds[used] = facts
        known[slot] = UInt16(truncatingIfNeeded: used)
        used += 1
        break
      }
      slot += 1
    }
    numbers[places.of(state)] = known[slot]
  }
}

/// The memory of an `EntityContext`: what is known of each token.
final class ContextMemory: @unchecked Sendable {
  let capacity: Int
  let info: UnsafeMutablePointer<TokenInfo>
  /// The gated tokens, with room for one more than there are tokens.
  let gated: UnsafeMutablePointer<Int32>
  /// Tokens that `ContextReader` looks at twice; as much room.
  let special: UnsafeMutablePointer<Int32>
  /// The list hits; no two begin at one token.
  let hits: UnsafeMutablePointer<NameHit>
  /// Matches at which a name may stand.
  private(set) var names: UnsafeMutablePointer<Int32>
  private var nameCapacity = 0

  init(capacity: Int) {
    self.capacity = capacity
    info = .allocate(capacity: capacity)
    info.initialize(repeating: TokenInfo(), count: capacity)
    gated = .allocate(capacity: capacity + 1)
    gated.initialize(repeating: 0, count: capacity + 1)
    special = .allocate(capacity: capacity + 1)
    special.initialize(repeating: 0, count: capacity + 1)
    names = .allocate(capacity: 0)
    hits = .allocate(capacity: capacity)
    hits.initialize(repeating: NameHit(start: 0, end: 0, state: 0, labels: 0, sure: 0, bare: 0), count: capacity)
  }

  deinit {
    info.deallocate()
    gated.deallocate()
    special.deallocate()
    hits.deallocate()
    names.deallocate()
  }

  /// Makes `names` large enough for one more than there are matches.
  func reserve(matches: Int) {
    guard nameCapacity <= matches else { return }
    nameCapacity = max(matches + 1, 2 * nameCapacity, 1024)
    names.deallocate()
    names = .allocate(capacity: nameCapacity)
    names.initialize(repeating: 0, count: nameCapacity)
  }
}

extension Bool {
  /// 1 or 0, without a branch.
  @inline(__always) var number: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}
