/// A statement as it is found, before it is written as a fact.
struct StatementDraft: Sendable {
  var content: TokenSpan
  var cue = TokenSpan.none
  var speaker = TokenSpan.none
  var outlet = TokenSpan.none
  var time = TokenSpan.none
  var isQuoted = false
  /// The rule that named speaker or cue, -1 for none.
  var rule: Int32 = -1
  /// Index of the sentence where it ends, and of its paragraph.
  var sentence: Int32 = 0
  var paragraph: Int32 = 0
  var procedure = FactProcedure.none
}

/// A figure or event as it is found.
struct PredicateDraft: Sendable {
  var anchor: Int32
  var action = TokenSpan.none
  var actor = TokenSpan.none
  var object = TokenSpan.none
  var place = TokenSpan.none
  var time = TokenSpan.none
  var source = TokenSpan.none
  var date: Int32 = -1
  var relation = Fact.Relation.none
  var procedure = FactProcedure.none
}

/// How a fact was found where no rule did: named in the evidence.
enum FactProcedure: UInt8, Sendable {
  case none, figureObject, figureSubject, figureNominal, quoteCueAfter, quoteCueBefore, quoteContinued, quoteUnclosed,
    indirectVerb,
    indirectAccording, indirectTrailing, indirectLeading, indirectPassive, citation, eventVerb

  /// The name in evidence and explanations.
  var name: StaticString {
    switch self {
    case .none: ""
    case .figureObject: "figure:object-of-verb"
    case .figureSubject: "figure:subject-of-verb"
    case .figureNominal: "figure:noun-and-amount"
    case .quoteCueAfter: "statement:quotation-then-cue"
    case .quoteCueBefore: "statement:cue-then-quotation"
    case .quoteContinued: "statement:quotation-of-last-speaker"
    case .quoteUnclosed: "statement:unclosed-quotation"
    case .indirectVerb: "statement:speaker-verb-content"
    case .indirectAccording: "statement:according-to"
    case .indirectTrailing: "statement:content-then-cue"
    case .indirectLeading: "statement:cue-then-content"
    case .indirectPassive: "statement:this-was-said-by"
    case .citation: "statement:cited-outlet"
    case .eventVerb: "event:verb-and-date"
    }
  }
}
