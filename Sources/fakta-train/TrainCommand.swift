import ArgumentParser
import Fakta
import Foundation

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the tagger on named-entity sets and writes the model file.",
    discussion:
      "The sets are .jsonl files; the folder of each is its name. The lists are part of the evidence: compile them first."
  )

  @Argument(help: "Training parts (folder/train.jsonl).") var sets: [String] = []
  @Option(name: .shortAndLong, help: "The model file to write.") var output: String?
  @Option(help: "The compiled gazetteers.") var gazetteers = ".build/fakta.gazetteers"
  @Option(
    help: "The sets by whose guidelines texts are read, with their shares: 'a' or 'a=0.6,b=0.4'; 'common' for none.")
  var reading = "nerui=0.6,idner-news-2k=0.4"
  @Option(help: "Training rounds.") var rounds = 14
  @Option(help: "Step size.") var rate: Float = 0.08
  @Option(help: "Pull of weights to zero.") var decay: Float = 0.02
  @Option(help: "Share of a set's own weights.") var share: Float = 0.3
  @Option(parsing: .upToNextOption, help: "Kinds of features to leave out, for experiments.") var without: [UInt64] = []
  @Option(help: "Share of features left out at each step.") var dropout: Float = 0.3
  @Option(help: "Cross-validate with this many parts instead of writing a model.") var folds = 0
  @Option(help: "Only the first this many folds.") var runFolds = 100
  @Flag(help: "Keep the sets' own guidelines.") var unmapped = false
  @Flag(inversion: .prefixedNo, help: "Learn text without case too.") var caseless = true
  @Option(help: "Rows whose weights all stay below this are left out.") var prune: Float = 0.06
  @Option(
    help: "Train, keep this many features with the greatest weights, and train again with those alone; 0 keeps all.")
  var keep = 0
  @Option(help: "Features seen fewer times than this are left out.") var minimumCount = 2
  @Option(help: "Units per 1.0 in the model file.") var scale: Float = 32

  func run() throws {
    let lexicon = Lexicon(image: try LexiconImage.open(path: gazetteers))
    var data = try TrainingData(lexicon: lexicon, without: Set(without))
    var examples: [(example: Example, caseless: Bool, fold: Int)] = []
    var names: [String] = []
    for path in sets {
      let set = try NameSet(path: path)
      names.append(set.name)
      for record in set.records {
        for lower in caseless ? [false, true] : [false] {
          let example = data.example(record, set: set.name, index: names.count - 1, mapped: !unmapped, caseless: lower)
          // idner-news-2k and nerugm hold the same sentences: a fold is chosen by the text.
          examples.append((example, lower, folds > 0 ? Self.fold(record.text, folds) : 0))
        }
      }
      print("\(set.name): \(set.records.count) records")
    }
    print("\(data.keys.count) features, \(examples.count) examples")
    if folds > 0 {
      try crossValidate(examples, names, data)
      return
    }
    let trainer = try train(examples.map(\.example), names, data, verbose: true)
    guard let output else { return }
    try write(trainer, names, data, to: output)
  }

  static func fold(_ text: String, _ folds: Int) -> Int {
    var h: UInt64 = 1_469_598_103_934_665_603
    for byte in text.utf8 where (byte | 0x20) >= 97 && (byte | 0x20) <= 122 {
      h = (h ^ UInt64(byte | 0x20)) &* 1_099_511_628_211
    }
    return Int((h >> 20) % UInt64(folds))
  }

  /// The shares that `--reading` gives.
  private func readings(_ names: [String]) throws -> [(set: Int, share: Float)] {
    if reading == "common" { return [] }
    return try reading.split(separator: ",").map { part in
      let pair = part.split(separator: "=")
      guard let set = names.firstIndex(of: String(pair[0])), let share = pair.count > 1 ? Float(pair[1]) : 1 else {
        throw ValidationError(
          "--reading: '\(part)' is no set of \(names.joined(separator: ", ")), or has no share like =0.5")
      }
      return (set, share)
    }
  }

  /// Trains; with `--keep`, once to choose the features and once more with the chosen ones.
  private func train(_ examples: [Example], _ names: [String], _ data: TrainingData, verbose: Bool) throws -> CRFTrainer
  {
    var examples = examples
    if minimumCount > 1 {
      var counts = [Int32](repeating: 0, count: data.keys.count)
      for example in examples { for f in example.features { counts[Int(f)] += 1 } }
      examples = examples.map { $0.filtered { counts[Int($0)] >= minimumCount } }
    }
    guard keep > 0 else { return trainOnce(examples, names, data, verbose: verbose) }
    let first = trainOnce(examples, names, data, verbose: false)
    let shares = try readings(names)
    let strength = (0..<data.keys.count).map { f -> Float in
      let row = first.combined(f, reading: shares)
      return (row * row).sum()
    }
    let floor = strength.sorted(by: >)[min(keep, strength.count - 1)]
    return trainOnce(examples.map { $0.filtered { strength[Int($0)] > floor } }, names, data, verbose: verbose)
  }

  private func trainOnce(_ examples: [Example], _ names: [String], _ data: TrainingData, verbose: Bool) -> CRFTrainer {
    var trainer = CRFTrainer(features: data.keys.count, sets: names.count)
    trainer.rounds = rounds
    trainer.rate = rate
    trainer.decay = decay
    trainer.setShare = share
    trainer.dropout = dropout
    trainer.train(examples) { round, loss in
      if verbose { print("round \(round + 1): loss \(Int(loss))") }
    }
    return trainer
  }

  private func crossValidate(
    _ examples: [(example: Example, caseless: Bool, fold: Int)], _ names: [String], _ data: TrainingData
  ) throws {
    let shares = try readings(names)
    var own = [[SpanScore]](repeating: [SpanScore](repeating: SpanScore(), count: 2), count: names.count)
    var common = own
    for fold in 0..<min(folds, runFolds) {
      let trainer = try train(examples.filter { $0.fold != fold }.map(\.example), names, data, verbose: false)
      for item in examples where item.fold == fold {
        let gold = SpanScore.spans(item.example.tags, item.example.opens)
        let k = item.caseless ? 1 : 0
        own[item.example.set][k].add(
          gold: gold,
          predicted: SpanScore.spans(trainer.tags(item.example, reading: [(item.example.set, 1)]), item.example.opens))
        common[item.example.set][k].add(
          gold: gold, predicted: SpanScore.spans(trainer.tags(item.example, reading: shares), item.example.opens))
      }
    }
    for (i, name) in names.enumerated() {
      for k in 0..<(caseless ? 2 : 1) {
        let kind = k == 0 ? "cased   " : "caseless"
        print(
          "\(name.padding(toLength: 14, withPad: " ", startingAt: 0)) \(kind) own: \(own[i][k].line)   \(reading): \(common[i][k].line)"
        )
      }
    }
  }

  private func write(_ trainer: CRFTrainer, _ names: [String], _ data: TrainingData, to path: String) throws {
    let shares = try readings(names)
    var rows: [(key: UInt64, row: SIMD8<Float>)] = []
    for f in 0..<data.keys.count {
      let row = trainer.combined(f, reading: shares)
      var top: Float = 0
      for t in 0..<7 { top = max(top, abs(row[t])) }
      if top >= prune { rows.append((data.keys[f], row)) }
    }
    var bits = 10
    while Double(rows.count) > 0.7 * Double(1 << bits) { bits += 1 }
    let bytes = TaggerModel.pack(weights: rows, transitions: trainer.transitions, scale: scale, bits: bits)
    try FileIO.write(bytes, to: path)
    print("\(rows.count) of \(data.keys.count) features kept; \(bytes.count) bytes")
  }
}
