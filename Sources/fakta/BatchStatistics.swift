import Fakta
import Glibc

/// The counts and times of a run as JSON (`--stats`).
struct BatchStatistics {
  let tally: BatchTally
  let layers: [Layer]
  let report: BatchReport

  /// Whether a file that begins so holds statistics.
  static func wrote(_ head: [UInt8]) -> Bool {
    head.starts(with: "{\n  \"documents\": ".utf8)
      && String(decoding: head, as: UTF8.self).contains("\n  \"stage_cpu_seconds\": {")
  }

  func write(to path: String) throws {
    do {
      try FileIO.write(Array(json.utf8), to: path)
    } catch {
      throw stop("\(error)")
    }
  }

  private var json: String {
    let times =
      [("read", tally.readTime)] + zip(layers.map(\.rawValue), tally.stageTimes) + [("write", tally.writeTime)]
    let stages = times.map { "\"\($0.0)\": \(seconds(Double($0.1) / 1e9))" }
    let failures = tally.failures.map { "\"\($0.code)\": \($0.count)" }
    return """
      {
        "documents": \(tally.documents),
        "failed": \(tally.failed),
        "failures": {\(failures.joined(separator: ", "))},
        "bytes": \(tally.bytes),
        "regions": \(tally.regions),
        "sentences": \(tally.sentences),
        "entities": \(tally.entities),
        "dates": \(tally.dates),
        "quantities": \(tally.quantities),
        "facts": \(tally.facts),
        "seconds": \(seconds(report.elapsed)),
        "cpu_seconds": \(seconds(clock(CLOCK_PROCESS_CPUTIME_ID))),
        "stage_cpu_seconds": {\(stages.joined(separator: ", "))},
        "peak_rss_kib": \(peakMemory)
      }

      """
  }

  /// The most memory that this program has had; `getrusage` would count its parent's too.
  private var peakMemory: Int {
    guard let status = try? FileIO.read("/proc/self/status") else { return 0 }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
  }

  private func seconds(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
