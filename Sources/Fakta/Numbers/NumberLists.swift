/// The lists that the two stages of numbers read, parsed once for both.
final class NumberLists: Sendable {
  let lexicon: Lexicon
  let words: NumberWords
  let cues: NumberCues
  let units: UnitTable
  let phraseWords: PhraseWords

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    words = NumberWords(lexicon: lexicon)
    cues = NumberCues(lexicon: lexicon)
    units = UnitTable(lexicon: lexicon)
    phraseWords = PhraseWords(lexicon: lexicon, cues: cues)
  }
}
