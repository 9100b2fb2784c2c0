/// Clubs of sport, which are called by the names of their cities.
extension Lexicon {
  /// Whether an entry of a name list is a club.
  func isClub(_ entry: EntryID) -> Bool { cellBytes(entry, "subtype").elementsEqual(Self.club) }

  /// Whether one of the entries whose names end at `state` is a club.
  func hasClub(at state: UInt32) -> Bool {
    var found = false
    forEachListing(at: state) { listing in
      found = isClub(listing.entry)
      return !found
    }
    return found
  }

  private static let club = Array("club".utf8)
}
