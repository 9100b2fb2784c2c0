import Fakta
import Glibc

/// Writes two files per document into a folder, `ID.txt` and `ID.ann`, for brat.
///
/// Nothing goes to the run's own output. A file that cannot be written ends up in `problem`.
public final class BratFolder: @unchecked Sendable {
  private let folder: String
  private let problemPlace = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var firstProblem: LexiconError?
  /// Hashes of the names that are taken.
  private var names: Set<UInt64> = []

  /// Makes the folder, unless it is there.
  public init(_ folder: String) throws(LexiconError) {
    self.folder = folder
    pthread_mutex_init(problemPlace, nil)
    if mkdir(folder, 0o777) == 0 { return }
    let number = errno
    var info = stat()
    let isThere = stat(folder, &info) == 0
    if isThere, info.st_mode & S_IFMT == S_IFDIR { return }
    let reason = isThere ? "is no folder; name another" : "cannot be made: \(String(cString: strerror(number)))"
    throw LexiconError(file: folder, reason: reason)
  }

  deinit {
    pthread_mutex_destroy(problemPlace)
    problemPlace.deallocate()
  }

  /// Why the first file that failed could not be written.
  public var problem: LexiconError? {
    pthread_mutex_lock(problemPlace)
    defer { pthread_mutex_unlock(problemPlace) }
    return firstProblem
  }

  func write(_ document: ReportDocument) {
    let name = BratFormat.fileName(for: document.id)
    let path = "\(folder)/\(name)"
    guard takes(name) else {
      return remember(
        LexiconError(
          file: path + ".txt",
          reason: "several articles have the id '\(document.id)', by which brat's files are named; only one is there"))
    }
    let text = document.text(ReportSpan(0, document.scalars.count))
    do {
      try FileIO.write(Array(text.utf8), to: path + ".txt")
      try FileIO.write(Array(BratFormat().annotations(of: document).utf8), to: path + ".ann")
    } catch {
      remember(error)
    }
  }

  /// Whether nothing of this run has the name so far.
  private func takes(_ name: String) -> Bool {
    let sum = BratFormat.sum(of: name)
    pthread_mutex_lock(problemPlace)
    defer { pthread_mutex_unlock(problemPlace) }
    return names.insert(sum).inserted
  }

  private func remember(_ problem: LexiconError) {
    pthread_mutex_lock(problemPlace)
    if firstProblem == nil { firstProblem = problem }
    pthread_mutex_unlock(problemPlace)
  }
}

/// Writes each document into a `BratFolder`.
package struct BratFolderFormat: DocumentFormat {
  private let folder: BratFolder

  package init(_ folder: BratFolder) { self.folder = folder }

  package func append(_ document: ReportDocument, to out: inout String) { folder.write(document) }
}
