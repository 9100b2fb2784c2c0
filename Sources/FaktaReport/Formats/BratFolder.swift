import Fakta
import Glibc

/// Writes two files per document into a folder, `ID.txt` and `ID.ann`, for brat.
///
/// Nothing goes to the run's own output. A file that cannot be written ends up in `problem`.
public final class BratFolder: @unchecked Sendable {
  private let folder: String
  private let problemPlace = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var firstProblem: LexiconError?

  public init(_ folder: String) {
    self.folder = folder
    pthread_mutex_init(problemPlace, nil)
    mkdir(folder, 0o777)
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
    let path = "\(folder)/\(BratFormat.fileName(for: document.id))"
    let text = document.text(ReportSpan(0, document.scalars.count))
    do {
      try FileIO.write(Array(text.utf8), to: path + ".txt")
      try FileIO.write(Array(BratFormat().annotations(of: document).utf8), to: path + ".ann")
    } catch {
      pthread_mutex_lock(problemPlace)
      if firstProblem == nil { firstProblem = error }
      pthread_mutex_unlock(problemPlace)
    }
  }
}

/// Writes each document into a `BratFolder`.
package struct BratFolderFormat: DocumentFormat {
  private let folder: BratFolder

  package init(_ folder: BratFolder) { self.folder = folder }

  package func append(_ document: ReportDocument, to out: inout String) { folder.write(document) }
}
