/// The stages in the order in which a document walks through them.
///
///     var pipeline = try Pipeline(lexicon: lexicon, layers: [.entities])
///     document.reset(text: bytes)
///     pipeline.annotate(&document)
///
/// A pipeline is a value: a worker on another thread takes a copy.
public struct Pipeline: Sendable {
  private var stages: [any Stage]

  /// A stage that reads a layer which no stage before it writes, or a layer that two stages write.
  public struct OrderError: Error, CustomStringConvertible {
    public let description: String
  }

  /// Puts `stages` in a row.
  ///
  /// - Throws: `OrderError` when a stage would read what is not there yet.
  public init(stages: [any Stage]) throws(OrderError) {
    var written: Set<Layer> = []
    for stage in stages {
      let type = Swift.type(of: stage)
      for layer in type.reads.sorted(by: { $0.rawValue < $1.rawValue }) where !written.contains(layer) {
        throw OrderError(
          description:
            "\(type) reads the layer '\(layer.rawValue)', which no stage before it writes; put that stage first")
      }
      guard written.insert(type.writes).inserted else {
        throw OrderError(
          description:
            "\(type) writes the layer '\(type.writes.rawValue)', which a stage before it writes; remove one of them")
      }
    }
    self.stages = stages
  }

  /// The stages of Fakta that `layers` need, by `lexicon`.
  public init(lexicon: Lexicon, layers: Set<Layer> = Set(Layer.allCases), options: PipelineOptions = .init()) throws {
    try self.init(stages: Self.standardStages(lexicon: lexicon, layers: layers, options: options))
  }

  /// Runs all stages on `document`, which holds a text (`Document.reset`).
  public mutating func annotate(_ document: inout Document) {
    for i in stages.indices { stages[i].run(on: &document) }
  }

  /// Runs all stages and adds the time that each took, in nanoseconds of this thread, to `times`.
  public mutating func annotate(_ document: inout Document, times: inout [UInt64]) {
    while times.count < stages.count { times.append(0) }
    var last = ThreadClock.now()
    for i in stages.indices {
      stages[i].run(on: &document)
      let now = ThreadClock.now()
      times[i] += now - last
      last = now
    }
  }

  /// How many stages there are.
  var count: Int { stages.count }

  /// Runs one stage, by its place in the row, on a document that has been through those before it.
  @inline(__always)
  mutating func run(stage i: Int, on document: inout Document) { stages[i].run(on: &document) }

  /// The layers that the stages write, in order.
  public var layers: [Layer] { stages.map { type(of: $0).writes } }
}

/// What a caller can switch.
public struct PipelineOptions: Sendable {
  /// Whether the linear model helps to tag entities.
  public var usesModel = true
  /// What else does; for measurements of what each part brings.
  package var entityParts = EntityParts.all
  /// Entities below this score (0 to 1000) are left out.
  public var minimumScore: UInt16 = 0

  public init() {}
}
