/// What a worker does in one go: some lines of a file, or some files.
struct WorkItem {
  enum Content {
    /// Whole lines in `bytes`, from line `firstLine` of `path`.
    case lines
    /// The whole of `path`, in `bytes`.
    case wholeFile(InputFormat)
    /// `files`, which the worker reads itself.
    case files
    /// Nothing could be read of `path`, or nothing more.
    case problem(InputError)
  }

  var index = 0
  var content = Content.files
  var path = "-"
  var bytes: [UInt8] = []
  var firstLine = 1
  var files: [InputFile] = []
  /// Lines that the reader left out, in order.
  var skipped: [ReadFailure] = []
  /// What is to be said about the whole file.
  var note: String?
  /// The problem is one that may pass: a run that can be resumed had better stop.
  var mayPass = false
  /// Bytes of the files (compressed ones as they are), for progress.
  var sizeOnDisk = 0
}
