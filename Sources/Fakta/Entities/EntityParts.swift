/// The parts of the entity stage beside the lists and the model, to be switched off where their worth is measured.
package struct EntityParts: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Titles, designators, domains, bylines and the like.
  package static let cues = EntityParts(rawValue: 1)
  /// What the names of an article tell about each other, and its definitions.
  package static let memory = EntityParts(rawValue: 2)
  package static let all: EntityParts = [.cues, .memory]
}
