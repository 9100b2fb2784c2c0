import Fakta

/// Maps the tags of a training set to our guideline where the two are known to differ.
///
/// - `Name (ABBR)`: one organization in idner-news-2k and nerugm, two mentions here.
/// - Places that act or modify (`Rusia berharap`, `Gubernur Bali`): not tagged in idner-news-2k, LOC here.
/// - Languages (`bahasa Turki`): LOC in nergrit and nerugm, nothing here.
struct GuidelineMap {
  let set: String

  func apply(_ tags: inout [UInt8], _ extractor: TaggerExtractor) {
    splitAbbreviations(&tags, extractor.document)
    if set.hasPrefix("idner") { addPlaces(&tags, extractor) }
    dropLanguages(&tags, extractor)
    moveDesignators(&tags, extractor)
  }

  private func splitAbbreviations(_ tags: inout [UInt8], _ document: Document) {
    for i in 0..<tags.count where Int(tags[i]) == Tag.inside(3) && document.tokens.kind[i] == TokenKind.openParen {
      guard i + 1 < tags.count, Int(tags[i + 1]) == Tag.inside(3), document.tokens.isCapitalized(i + 1) else {
        continue
      }
      let close = i + 2 < tags.count ? document.tokens.kind[i + 2] == TokenKind.closeParen : true
      guard close, document.tokens.length(i + 1) <= 12 else { continue }
      // `PT X (Persero) Tbk` stays one name.
      if i + 3 < tags.count, Int(tags[i + 3]) == Tag.inside(3) { continue }
      tags[i] = 0
      tags[i + 1] = UInt8(Tag.begin(3))
      if i + 2 < tags.count { tags[i + 2] = 0 }
    }
  }

  private func addPlaces(_ tags: inout [UInt8], _ extractor: TaggerExtractor) {
    var i = 0
    while i < tags.count {
      guard tags[i] == 0, let hit = extractor.hit(i), hit.isPlace, hit.start == i else {
        i += 1
        continue
      }
      let isFree = (hit.start..<hit.end).allSatisfy { tags[$0] == 0 }
      let isWhole = extractor.isWholeName(hit.start, hit.end)
      if isFree, isWhole, !extractor.isLanguage(i) {
        for k in hit.start..<hit.end { tags[k] = UInt8(k == hit.start ? Tag.begin(2) : Tag.inside(2)) }
      }
      i = max(i + 1, hit.end)
    }
  }

  private func dropLanguages(_ tags: inout [UInt8], _ extractor: TaggerExtractor) {
    for i in 0..<tags.count where Int(tags[i]) == Tag.begin(2) && extractor.isLanguage(i) {
      var end = i + 1
      while end < tags.count, Int(tags[end]) == Tag.inside(2) { end += 1 }
      for k in i..<end { tags[k] = 0 }
    }
  }

  /// A capitalised designator belongs to the place, one in small letters does not.
  private func moveDesignators(_ tags: inout [UInt8], _ extractor: TaggerExtractor) {
    for i in 0..<tags.count where Int(tags[i]) == Tag.begin(2) {
      if extractor.isDesignator(i, capital: false), i + 1 < tags.count, Int(tags[i + 1]) == Tag.inside(2) {
        tags[i] = 0
        tags[i + 1] = UInt8(Tag.begin(2))
      } else if i > 0, tags[i - 1] == 0, extractor.isDesignator(i - 1, capital: true), !extractor.isPassageStart(i) {
        tags[i - 1] = UInt8(Tag.begin(2))
        tags[i] = UInt8(Tag.inside(2))
      }
    }
  }
}
