/// Finds what in an article is not its running text: datelines, captions, bylines, boilerplate, a repeated title.
///
///     Damaskus, LiputanIslam.com — Pasukan …   →   dateline
///     … kata Budi. (dna/try)                      →   byline
///     Baca juga: Harga Beras Naik                 →   boilerplate
///
/// The words are in `regions.tsv`; which of them open a line, run to its end, or stand for themselves is said there. What a
/// dateline is made of (a place, an outlet, a dash) is known here.
///
/// **Cost.** One visit per token, and one per match of a region word.
public struct RegionStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches]
  public static let writes: Layer = .regions

  enum Extent: Sendable { case words, line, headline, bracket, rest, names }

  struct Marker: Sendable {
    var kind: Region.Kind
    var extent: Extent
  }

  let lexicon: Lexicon
  let markers: EntryMap<Marker>
  let markerClass: ClassSet
  let classes: RegionClasses
  private var found: [Region] = []

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    markerClass = lexicon.wordClass("region")
    classes = RegionClasses(lexicon: lexicon)
    markers = EntryMap(lexicon, table: "regions") { entry in
      let kind: Region.Kind? =
        switch lexicon.cell(entry, "kind") {
        case "boilerplate": .boilerplate
        case "byline": .byline
        case "caption": .caption
        default: nil
        }
      let extent: Extent? =
        switch lexicon.cell(entry, "extent") {
        case "words": .words
        case "line": .line
        case "headline": .headline
        case "bracket": .bracket
        case "rest": .rest
        case "names": .names
        default: nil
        }
      guard let kind, let extent else { return nil }
      return Marker(kind: kind, extent: extent)
    }
  }

  public mutating func run(on document: inout Document) {
    var regions: [Region] = []
    swap(&regions, &found)
    withUnsafePointer(to: self) { stage in
      withUnsafeMutablePointer(to: &document) { document in
        var finder = RegionFinder(stage: stage, document: UnsafePointer(document))
        swap(&finder.regions, &regions)
        finder.run()
        swap(&finder.regions, &regions)
      }
    }
    document.regions.append(contentsOf: regions)
    regions.removeAll(keepingCapacity: true)
    swap(&regions, &found)
  }
}

/// Classes of the lists that region finding asks for.
struct RegionClasses: Sendable {
  let media: ClassSet
  let place: ClassSet
  let weekday: ClassSet
  let month: ClassSet
  let credit: ClassSet

  init(lexicon: Lexicon) {
    media = lexicon.wordClass("sub-media")
    place = lexicon.wordClass("name-loc")
    weekday = lexicon.wordClass("weekday")
    month = lexicon.wordClass("month")
    credit = lexicon.wordClass("credit")
  }
}
