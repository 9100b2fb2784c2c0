import Fakta
import Glibc

/// The counts and times of a run as JSON (`--stats`).
struct BatchStatistics {
  let tally: BatchTally
  let layers: [Layer]
  let report: BatchReport

  func write(to path: String) throws {
    do {
      try FileIO.write(Array(json.utf8), to: path)
    } catch {
      throw stop("\(error)")
    }
  }

  private var json: String {
    let stages = zip(layers, tally.stageTimes).map { "\"\($0.rawValue)\": \(seconds(Double($1) / 1e9))" }
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

  private var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }

  private func seconds(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
