import CFaktaText

/// What a token is: a run of letters, a run of digits, or one mark.
///
/// Marks keep their own code, because punctuation decides in nearly every stage.
public enum TokenKind {
  public static let word: UInt8 = 0
  public static let number: UInt8 = 1
  /// Letters of a script that writes without spaces.
  public static let otherWord: UInt8 = 2
  public static let period: UInt8 = 8
  public static let ellipsis: UInt8 = 9
  public static let question: UInt8 = 10
  public static let exclamation: UInt8 = 11
  public static let comma: UInt8 = 12
  public static let colon: UInt8 = 13
  public static let semicolon: UInt8 = 14
  public static let hyphen: UInt8 = 15
  /// En dash, em dash, or a run of hyphens.
  public static let dash: UInt8 = 16
  public static let slash: UInt8 = 17
  public static let openParen: UInt8 = 18
  public static let closeParen: UInt8 = 19
  public static let openBracket: UInt8 = 20
  public static let closeBracket: UInt8 = 21
  /// `"`, which opens and closes.
  public static let quote: UInt8 = 22
  public static let openQuote: UInt8 = 23
  public static let closeQuote: UInt8 = 24
  /// `'`, which opens, closes, and stands for a letter left out.
  public static let apostrophe: UInt8 = 25
  public static let openSingleQuote: UInt8 = 26
  public static let closeSingleQuote: UInt8 = 27
  public static let percent: UInt8 = 28
  public static let plus: UInt8 = 29
  public static let currency: UInt8 = 30
  public static let at: UInt8 = 31
  public static let ampersand: UInt8 = 32
  public static let underscore: UInt8 = 33
  public static let asterisk: UInt8 = 34
  public static let bullet: UInt8 = 35
  public static let plusMinus: UInt8 = 36
  public static let less: UInt8 = 37
  public static let greater: UInt8 = 38
  public static let equals: UInt8 = 39
  public static let degree: UInt8 = 40
  public static let hash: UInt8 = 41
  public static let other: UInt8 = 63
}

/// How a word is written, as bits.
public enum TokenShape {
  public static let firstUpper: UInt8 = 1
  public static let hasLower: UInt8 = 2
  /// A capital after the first letter.
  public static let innerUpper: UInt8 = 4
  public static let nonASCII: UInt8 = 8
  public static let apostrophe: UInt8 = 16
}

/// What stands between a token and the one before it.
public enum TokenGap {
  public static let none: UInt8 = 0
  public static let space: UInt8 = 1
  public static let line: UInt8 = 2
  public static let paragraph: UInt8 = 3
}

/// What phrases of the lists may begin with a token, as bits: a quick no before matches are looked at.
public enum TokenTrigger {
  public static let region: UInt8 = 1
  public static let numberCue: UInt8 = 2
  public static let unit: UInt8 = 4
  /// An expression of time or a number, by words of the built-in lists.
  public static let calendar: UInt8 = 8
  /// The token is a run of digits.
  public static let digits: UInt8 = 16
  /// The token may begin or end a sentence, a quotation, a line: a mark for that, or behind a line's end.
  public static let boundary: UInt8 = 32
}

/// One column of the token table: reading is a bounds check and a load.
///
/// A column is a view of the table that gave it, and must not outlive it.
public struct TokenColumn<Element: BitwiseCopyable> {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// How many rows may be asked for: the tokens of the text, or in a stage's own column the rows it has room for.
  @usableFromInline let limit: Int

  @inlinable init(base: UnsafeMutablePointer<Element>, limit: Int) {
    self.base = base
    self.limit = limit
  }

  @inlinable @inline(__always)
  public subscript(_ i: Int) -> Element {
    get {
      precondition(UInt(bitPattern: i) < UInt(bitPattern: limit), "token index out of range")
      return base[i]
    }
    nonmutating set {
      precondition(UInt(bitPattern: i) < UInt(bitPattern: limit), "token index out of range")
      base[i] = newValue
    }
  }
}

/// The memory of a token table, one allocation per column.
@usableFromInline
final class TokenStorage: @unchecked Sendable {
  @usableFromInline let capacity: Int
  @usableFromInline let start: UnsafeMutablePointer<UInt32>
  @usableFromInline let end: UnsafeMutablePointer<UInt32>
  @usableFromInline let id: UnsafeMutablePointer<UInt32>
  @usableFromInline let kind: UnsafeMutablePointer<UInt8>
  @usableFromInline let shape: UnsafeMutablePointer<UInt8>
  @usableFromInline let gap: UnsafeMutablePointer<UInt8>
  @usableFromInline let hash: UnsafeMutablePointer<UInt64>
  @usableFromInline let trim: UnsafeMutablePointer<UInt8>
  @usableFromInline let trigger: UnsafeMutablePointer<UInt8>

  init(capacity: Int) {
    // Columns of bytes are read and written sixteen at a time, from any token on.
    func column<T>(_ zero: T) -> UnsafeMutablePointer<T> {
      let column = UnsafeMutablePointer<T>.allocate(capacity: capacity + 16)
      column.initialize(repeating: zero, count: capacity + 16)
      return column
    }
    self.capacity = capacity
    start = column(0)
    end = column(0)
    id = column(0)
    kind = column(0)
    shape = column(0)
    gap = column(0)
    hash = column(0)
    trim = column(0)
    trigger = column(0)
  }

  /// Copies the first `count` rows of `other`, which has no more than fit.
  func copy(_ other: TokenStorage, _ count: Int) {
    start.update(from: other.start, count: count)
    end.update(from: other.end, count: count)
    id.update(from: other.id, count: count)
    kind.update(from: other.kind, count: count)
    shape.update(from: other.shape, count: count)
    gap.update(from: other.gap, count: count)
    hash.update(from: other.hash, count: count)
    trim.update(from: other.trim, count: count)
    trigger.update(from: other.trigger, count: count)
  }

  deinit {
    start.deallocate()
    end.deallocate()
    id.deallocate()
    kind.deallocate()
    shape.deallocate()
    gap.deallocate()
    hash.deallocate()
    trim.deallocate()
    trigger.deallocate()
  }
}

/// All tokens of one document, as columns; reused from document to document.
///
///     Suriah, 250.000 orang   →   Suriah | , | 250 | . | 000 | orang
///
/// Letters and digits never share a token (`Rp5` is `Rp` and `5`), and `gap` tells whether white space stood between.
/// Offsets are UTF-8 bytes of the normalised text. To read a token that the text has not stops the program (a fault of the
/// caller): what a longer text has left there must decide nothing.
///
/// A copy shares the memory until one of the two is filled anew (`removeAll`).
public struct TokenTable: Sendable {
  public internal(set) var count = 0
  @usableFromInline var storage = TokenStorage(capacity: 0)

  @inlinable public var start: TokenColumn<UInt32> { TokenColumn(base: storage.start, limit: count) }
  @inlinable public var end: TokenColumn<UInt32> { TokenColumn(base: storage.end, limit: count) }
  /// Vocabulary ids; 0 for a word that no list knows, and for marks.
  @inlinable public var id: TokenColumn<UInt32> { TokenColumn(base: storage.id, limit: count) }
  @inlinable public var kind: TokenColumn<UInt8> { TokenColumn(base: storage.kind, limit: count) }
  @inlinable public var shape: TokenColumn<UInt8> { TokenColumn(base: storage.shape, limit: count) }
  @inlinable public var gap: TokenColumn<UInt8> { TokenColumn(base: storage.gap, limit: count) }
  /// Hashes of the lower-cased forms (`WordHash`); 0 for marks.
  @inlinable public var hash: TokenColumn<UInt64> { TokenColumn(base: storage.hash, limit: count) }

  /// Bytes of a clitic at the end of a word that was found in the lists without it: 3 for `Rusialah`.
  @inlinable public var trim: TokenColumn<UInt8> { TokenColumn(base: storage.trim, limit: count) }

  /// What may begin with the token (`TokenTrigger`), set together with `id`.
  @inlinable public var trigger: TokenColumn<UInt8> { TokenColumn(base: storage.trigger, limit: count) }

  public init() {}

  /// Empties the table; one that shares its memory with a copy gets memory of its own.
  mutating func removeAll() {
    count = 0
    if !isKnownUniquelyReferenced(&storage) { storage = TokenStorage(capacity: storage.capacity) }
  }

  /// Makes room for `extra` more tokens.
  mutating func reserve(_ extra: Int) {
    let needed = count + extra
    guard needed > storage.capacity else { return }
    let grown = TokenStorage(capacity: max(needed, storage.capacity * 2, 1024))
    grown.copy(storage, count)
    storage = grown
  }

  /// The first token from `start` on, which is not negative, with one of the bits `triggers`; `count` where none has. Eight
  /// tokens are looked at at a time.
  @inline(__always)
  func next(from start: Int, with triggers: UInt8) -> Int { next(from: start, before: count, with: triggers) }

  /// The same among the tokens in front of `end`, which is given back where there is none.
  @inline(__always)
  func next(from start: Int, before end: Int, with triggers: UInt8) -> Int {
    precondition(end <= count)
    let column = UnsafePointer(storage.trigger)
    let wanted = UInt64(triggers) &* 0x0101_0101_0101_0101
    var i = start
    while i < end {
      let found = fk_load64(column + i).littleEndian & wanted
      if found != 0 { return min(end, i &+ found.trailingZeroBitCount >> 3) }
      i &+= 8
    }
    return end
  }

  /// Whether one of at most eight tokens in front of `end` has one of the bits `triggers`.
  @inline(__always)
  func has(_ triggers: UInt8, inLast length: Int, before end: Int) -> Bool {
    let end = min(end, count)
    let start = max(0, end - min(8, length))
    guard start < end else { return false }
    let wanted = UInt64(triggers) &* 0x0101_0101_0101_0101
    let found = fk_load64(UnsafePointer(storage.trigger) + start).littleEndian & wanted
    return found << UInt64(64 - (end - start) * 8) != 0
  }

  @inlinable public func isWord(_ i: Int) -> Bool { i < count && i >= 0 && kind[i] == TokenKind.word }
  @inlinable public func isNumber(_ i: Int) -> Bool { i < count && i >= 0 && kind[i] == TokenKind.number }
  /// The kind of token `i`, or `other` outside the text.
  @inlinable public func kindAt(_ i: Int) -> UInt8 { i >= 0 && i < count ? kind[i] : TokenKind.other }
  /// The vocabulary id of token `i`, or 0 outside the text.
  @inlinable public func idAt(_ i: Int) -> UInt32 { i >= 0 && i < count ? id[i] : 0 }
  @inlinable public func length(_ i: Int) -> Int { Int(end[i] - start[i]) }
  /// Whether token `i` follows the one before it without white space.
  @inlinable public func attached(_ i: Int) -> Bool { i > 0 && i < count && gap[i] == TokenGap.none }
  @inlinable public func isCapitalized(_ i: Int) -> Bool {
    i >= 0 && i < count && shape[i] & TokenShape.firstUpper != 0
  }
  /// Two capitals or more and no lower-case letter.
  @inlinable public func isAllCaps(_ i: Int) -> Bool {
    i >= 0 && i < count
      && shape[i] & (TokenShape.firstUpper | TokenShape.hasLower | TokenShape.innerUpper)
        == (TokenShape.firstUpper | TokenShape.innerUpper)
  }
}
