import ArgumentParser
import Fakta
import Glibc

/// Where a run writes and how: shared by the commands that go through many articles.
struct BatchOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write this file; '.gz' and '.zst' at its end compress it.", valueName: "file"))
  var output: String?

  @Flag(help: "Go on where an interrupted run with the same inputs and options stopped; a file that is whole stays.")
  var resume = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many threads work. (default: one per core)", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Write counts and times as JSON to this file at the end.", valueName: "file"))
  var stats: String?

  /// For tests: small chunks show in a second what takes hours with large ones.
  @Option(parsing: .unconditional, help: .hidden)
  var chunkSize: Int?

  /// No option at all.
  static var none: BatchOptions {
    var options = BatchOptions()
    options.output = nil
    options.resume = false
    options.jobs = nil
    options.stats = nil
    options.chunkSize = nil
    return options
  }

  func validate() throws {
    try refuseEmpty(output, "--output")
    try refuseEmpty(stats, "--stats")
    if stats == "-" { throw ValidationError("--stats '-': the standard output is for articles; name a file") }
    if let chunkSize, !(64...(64 << 20)).contains(chunkSize) {
      throw ValidationError("--chunk-size \(chunkSize) is out of range; write a number from 64 to 67108864")
    }
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs \(jobs) is out of range; write a number from 1 to 256")
    }
    if resume, output == nil || output == "-" {
      throw ValidationError("--resume needs --output with the file of the interrupted run")
    }
  }

  /// The files that the run writes; `-` is the standard output.
  var files: [String] { outputFiles + [stats].compactMap { $0 } }

  private var outputFiles: [String] {
    guard let output, output != "-" else { return ["-"] }
    return BatchOutput.files(of: output)
  }

  /// Refuses to write what is read.
  ///
  /// - Parameter isOwn: Whether what is at the place of the output was written by an earlier run.
  func check(_ uses: FileUses, _ walker: InputWalker, isOwn: @escaping (String) -> Bool) throws {
    var uses = uses
    for file in outputFiles { uses.writes(file, by: "--output", isOwn: isOwn) }
    if let stats {
      uses.writes(stats, by: "--stats", isOwn: FileUses.isFile(beginning: BatchStatistics.wrote), isWrittenLast: true)
    }
    try uses.check(walker)
  }

  /// The same, for a format.
  func check(_ uses: FileUses, _ walker: InputWalker, _ formatter: any DocumentFormatter) throws {
    try check(
      uses, walker, isOwn: FileUses.isFile(beginning: { formatter.wrote($0) || BatchOutput.isState($0) }))
  }

  /// Runs everything and ends the command with the exit status that fits.
  func run(
    _ walker: InputWalker, lexicon: Lexicon, pipeline: Pipeline, formatter: any DocumentFormatter,
    articles: ArticleOptions, fingerprint: String, hasNoStream: Bool = false
  ) throws {
    // To do it all over is what nobody wants who writes --resume.
    if resume, let output, BatchOutput.isWhole(output) {
      return Console.say(
        "\(output): no run was interrupted, the file stays as it is; to write it anew leave --resume out")
    }
    var options = Batch.Options()
    options.articles = articles
    if let chunkSize { options.articles.chunkSize = chunkSize }
    options.jobs = jobs ?? Self.cores
    options.measuresStages = stats != nil
    options.fingerprint = fingerprint.split(whereSeparator: \.isNewline).joined(separator: " ")
    let (target, resumed) =
      hasNoStream ? (BatchOutput(descriptor: -1), nil) : try openOutput(fingerprint: options.fingerprint)

    let report = BatchReport(
      totalSize: walker.totalSize, showsProgress: Console.errorIsTerminal && !writesToTerminal,
      showsFailures: formatter.showsFailures)
    let batch = Batch(
      inputs: walker, pipeline: pipeline, formatter: formatter, output: target, options: options, resumed: resumed)
    batch.onFirstOutput = lexicon.damage
    batch.onNote = report.note
    batch.onProgress = report.progress
    let interrupt = Interruption(batch: batch) { signal in
      report.finish()
      Console.say(Self.interruptedMessage(target))
      return 128 + signal
    }
    let (outcome, tally) = batch.run()
    interrupt.batchHasEnded()
    report.finish()
    // How the run ended is said in any case, also when a full disk has no room for the statistics either.
    let written = Result {
      if let stats { try BatchStatistics(tally: tally, layers: pipeline.layers, report: report).write(to: stats) }
    }
    try end(outcome, tally, interrupt, report, target, formatter.showsFailures)
    try written.get()
  }

  var writesToTerminal: Bool { (output == nil || output == "-") && Console.outputIsTerminal }

  private func openOutput(fingerprint: String) throws -> (BatchOutput, ResumeState?) {
    guard let output, output != "-" else { return (BatchOutput(descriptor: STDOUT_FILENO), nil) }
    do {
      // A run that starts again has no use for what is left, in whatever state that is.
      let left = resume ? try BatchOutput.interruptedRun(of: output) : nil
      if let left, let difference = Self.difference(left.options, fingerprint) {
        throw stop(
          "\(output): the interrupted run had other options (\(difference)); repeat them, or start again without --resume"
        )
      }
      if !resume, (try? BatchOutput.interruptedRun(of: output)) != nil {
        Console.say("\(output): starting again; --resume would have gone on with the interrupted run")
      }
      return (try BatchOutput(file: output, resuming: left), left)
    } catch let error as OutputError {
      throw stop("\(error)")
    }
  }

  /// Returns the first option that differs, as `now … , then …`.
  private static func difference(_ then: String, _ now: String) -> String? {
    guard then != now else { return nil }
    let now = now.split(separator: " ")
    let then = then.split(separator: " ")
    for (a, b) in zip(then, now) where a != b { return "then \(a), now \(b)" }
    return "their number differs"
  }

  private func end(
    _ outcome: Batch.Outcome, _ tally: BatchTally, _ interrupt: Interruption, _ report: BatchReport,
    _ target: BatchOutput, _ showsFailures: Bool
  ) throws {
    let remedy = target.isResumable ? "; run it again with --resume when that is settled" : ""
    switch outcome {
    case .complete: break
    case .stopped:
      Console.say(Self.interruptedMessage(target))
      throw ExitCode(128 + interrupt.signal)
    case .outputFailed(let error):
      if error.isBrokenPipe { return }
      throw stop("\(error) after \(tally.documents) articles\(remedy)")
    case .listsDamaged(let error):
      throw stop("\(error)")
    case .inputFailed(let error):
      throw stop("\(error) after \(tally.documents) articles\(remedy)")
    case .inputChanged(let path):
      throw stop(
        "\(path): is not what the interrupted run has read; give the same inputs, or start again without --resume")
    }
    report.summarize(tally, showsFailures: showsFailures)
    if tally.failed == 0 { return }
    throw ExitCode(tally.documents == 0 && tally.failed == tally.unreadable ? 1 : 3)
  }

  private static func interruptedMessage(_ output: BatchOutput) -> String {
    output.isResumable ? "interrupted; the same command with --resume goes on" : "interrupted"
  }

  private static var cores: Int { max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
