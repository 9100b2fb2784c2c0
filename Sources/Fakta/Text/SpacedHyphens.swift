import CFaktaText

/// Joins what tokenised texts have parted with spaces: one article in five writes some words so.
///
///     negara - negara    teman - temannya    sebanyak - banyaknya    e - commerce    U - 19    1990 - an    2 - in - 1
///
/// Such a hyphen stands between doublings, behind a single small letter, between a single capital and a short number, or between a
/// number and a small word of two letters; any other one between spaces stays a dash (`Jakarta - Warga …`). Only the gaps change: to
/// every later stage the words are written together, and offsets stay.
///
/// **Cost.** A search for hyphens in the column of kinds; a handful of bytes at each.
enum SpacedHyphens {
  /// The most letters that one word of a doubling may have more than the other.
  private static let longestAffix = 4
  /// The most digits of a code like `S-400`.
  private static let longestCode = 3
  /// The most letters of a word behind a number: `1990 - an`; a longer one may be counted (`6 - core`).
  private static let longestEnding = 2

  static func join(_ bytes: [UInt8], _ tokens: TokenTable) {
    let (kinds, gaps, shapes) = (tokens.kind, tokens.gap, tokens.shape)
    let count = tokens.count
    var i = 0
    while i < count {
      i += Int(fk_find_byte(tokens.storage.kind + i, Int64(count - i), TokenKind.hyphen))
      defer { i += 1 }
      guard i > 0, i + 1 < count, gaps[i] == TokenGap.space, gaps[i + 1] == TokenGap.space,
        kinds[i - 1] == TokenKind.word || kinds[i - 1] == TokenKind.number && kinds[i + 1] == TokenKind.word,
        kinds[i + 1] == TokenKind.word || kinds[i + 1] == TokenKind.number,
        shapes[i + 1] & (TokenShape.firstUpper | TokenShape.innerUpper) == 0
      else { continue }
      let isBehindJoint = gaps[i - 1] == TokenGap.none && i > 2 && kinds[i - 2] == TokenKind.hyphen
      if kinds[i - 1] == TokenKind.number || isBehindJoint && kinds[i + 1] == TokenKind.number {
        guard kinds[i + 1] == TokenKind.number || tokens.end[i + 1] - tokens.start[i + 1] <= longestEnding else {
          continue
        }
        gaps[i] = TokenGap.none
        gaps[i + 1] = TokenGap.none
        continue
      }
      let left = Int(tokens.start[i - 1])..<Int(tokens.end[i - 1])
      let right = Int(tokens.start[i + 1])..<Int(tokens.end[i + 1])
      let isCapital = shapes[i - 1] & TokenShape.firstUpper != 0
      let isPart =
        kinds[i + 1] == TokenKind.number
        ? isCapital && left.count == 1 && right.count <= longestCode
        : !isCapital && left.count == 1 && right.count > 1 || isDoubling(bytes[left], bytes[right])
      if isPart {
        gaps[i] = TokenGap.none
        gaps[i + 1] = TokenGap.none
      }
    }
  }

  /// Whether a root of three letters or more ends the left word and begins the right one, with a short affix before and
  /// behind it.
  static func isDoubling(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    let most = min(left.count, right.count)
    var root = most
    while root >= 3, left.count - root <= longestAffix, right.count - root <= longestAffix {
      var k = 0
      while k < root, left[left.endIndex - root + k] | 0x20 == right[right.startIndex + k] | 0x20 { k += 1 }
      if k == root { return true }
      root -= 1
    }
    return false
  }
}
