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

  /// What the run reads, which is not written over.
  private let sources: Set<FileIdentity>

  /// Makes the folder, unless it is there.
  ///
  /// - Parameter sources: What the run reads.
  public init(_ folder: String, sources: Set<FileIdentity> = []) throws(LexiconError) {
    self.folder = folder
    self.sources = sources
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

  /// Whether the articles in a folder are such as `write` makes, each with its `.ann`, if there are any.
  ///
  /// - Parameter format: What all files of the input hold, whatever their names say.
  public static func holdsOnlyOwn(_ folder: String, format: InputFormat?) -> Bool {
    var walker = InputWalker(paths: [folder], format: format)
    while let file = walker.next() {
      // The folder itself: there is nothing in it.
      if file.path == folder { continue }
      let other = file.path.hasSuffix(".txt") ? ".ann" : ".txt"
      guard file.path.hasSuffix(".txt") || file.path.hasSuffix(".ann") else { return false }
      guard access("\(file.path.dropLast(4))\(other)", F_OK) == 0 else { return false }
    }
    return true
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
    for file in [path + ".txt", path + ".ann"] {
      guard let identity = FileIdentity(path: file), sources.contains(identity) else { continue }
      return remember(LexiconError(file: file, reason: "is an input as well; name another folder"))
    }
    do {
      try FileIO.write(Array(text.utf8), to: path + ".txt")
      try FileIO.write(Array(BratFormat().annotations(of: document).utf8), to: path + ".ann")
    } catch {
      remember(error)
    }
  }

  /// Whether nothing of this run has the name so far.
  private func takes(_ name: String) -> Bool {
    let sum = FNV.sum(of: name)
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
