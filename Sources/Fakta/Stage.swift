/// A part of a document that one stage writes and others read.
public enum Layer: String, Sendable, CaseIterable {
  case text, tokens, matches, regions, sentences, numbers, dates, entities, quantities, facts

  /// Those that the output has, in its order; the others are work of the stages.
  public static let written: [Layer] = [.regions, .sentences, .entities, .dates, .quantities, .facts]
}

/// One step of the pipeline: reads some layers of a document and writes one.
///
/// A stage never changes what an earlier one wrote, never throws on text, and needs time linear in the text. It may keep
/// buffers between documents, never knowledge of them.
public protocol Stage: Sendable {
  static var reads: Set<Layer> { get }
  static var writes: Layer { get }

  /// Fills the stage's layer of `document`.
  mutating func run(on document: inout Document)
}
