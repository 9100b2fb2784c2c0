import Fakta
import Glibc

/// Tells people about a run: notes, a progress line on a terminal, and a summary.
///
/// The batch calls it from one thread at a time.
final class BatchReport: @unchecked Sendable {
  /// So many notes and so many failures are shown; the rest is only counted.
  private static let shown = 10
  private let shownFailures: Int

  private let totalSize: Int?
  private let showsProgress: Bool
  private let start = clock(CLOCK_MONOTONIC)
  private var lastShown = 0.0
  private var lineIsOpen = false
  private var notes = 0
  private var failures = 0

  /// - Parameter showsFailures: Whether the output tells what failed; else all failures are shown here.
  init(totalSize: Int?, showsProgress: Bool, showsFailures: Bool) {
    self.totalSize = totalSize
    shownFailures = showsFailures ? Self.shown : .max
    self.showsProgress = showsProgress
  }

  /// Seconds since the beginning of the run.
  var elapsed: Double { clock(CLOCK_MONOTONIC) - start }

  func note(_ note: BatchNote) {
    let count = note.isFailure ? failures : notes
    if note.isFailure { failures += 1 } else { notes += 1 }
    guard count < (note.isFailure ? shownFailures : Self.shown) else { return }
    clearLine()
    let path = Console.shown(note.path)
    Console.say(note.line > 0 ? "\(path):\(note.line): \(note.text)" : "\(path): \(note.text)")
  }

  func progress(_ tally: BatchTally) {
    guard showsProgress else { return }
    let elapsed = elapsed
    guard elapsed - lastShown > 0.2 else { return }
    lastShown = elapsed
    var line = "\(tally.documents) articles, \(megabytes(tally.bytes)) MB"
    line += ", \(megabytes(Int(Double(tally.bytes) / elapsed))) MB/s"
    if tally.failed > 0 { line += ", \(tally.failed) failed" }
    if let totalSize, totalSize > 0, tally.bytesOnDisk > 0 {
      let done = min(1, Double(tally.bytesOnDisk) / Double(totalSize))
      line += ", \(Int(done * 100)) %, \(duration(elapsed / done - elapsed)) left"
    }
    // A line that wraps could not be taken away again.
    Console.put("\r\u{1B}[K\(line.prefix(Console.width(of: STDERR_FILENO) - 1))")
    lineIsOpen = true
  }

  /// Takes the progress line away and says what was not shown.
  func finish() {
    clearLine()
    if notes > Self.shown { Console.say("\(notes - Self.shown) more notes") }
    if failures > shownFailures { Console.say("\(failures - shownFailures) more failures") }
    notes = 0
    failures = 0
  }

  func summarize(_ tally: BatchTally, showsFailures: Bool) {
    if showsProgress, elapsed > 2 {
      Console.say(
        "\(tally.documents) articles, \(megabytes(tally.bytes)) MB in \(duration(elapsed)), "
          + "\(megabytes(Int(Double(tally.bytes) / elapsed))) MB/s")
    }
    if tally.failed > 0, tally.documents > 0 {
      let remark = showsFailures ? "; each has a record with \"error\" in the output" : " and are not in the output"
      Console.say("\(tally.failed) of \(tally.documents + tally.failed) articles failed\(remark)")
    }
  }

  private func clearLine() {
    if lineIsOpen { Console.put("\r\u{1B}[K") }
    lineIsOpen = false
  }

  private func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return tenths < 1000 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }

  private func duration(_ seconds: Double) -> String {
    let seconds = Int(max(0, min(seconds, 1e9)).rounded())
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }
}

/// Seconds of a clock.
func clock(_ id: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(id, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
