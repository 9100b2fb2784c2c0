import Glibc

/// Which file or folder a path leads to: two paths that lead to one, by links or by other ways, have the same identity.
///
/// What is not there yet is the name that it will have in its folder. Pipes and devices have no identity: nothing can be
/// lost in them.
public struct FileIdentity: Hashable, Sendable {
  private let device: dev_t
  private let number: ino_t
  /// The name in the folder `number` of what is not there yet.
  private let name: String

  /// `nil` for a pipe, a device, and a path that leads into no folder.
  public init?(path: String) {
    var info = stat()
    if stat(path, &info) == 0 {
      self.init(info)
      return
    }
    let target = FileIO.target(of: path)
    let parent = FileIO.parent(of: target)
    guard stat(parent, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { return nil }
    self.init(info, name: target.split(separator: "/").last.map { String($0) } ?? "")
  }

  /// What an open descriptor leads to.
  public init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  init?(_ info: stat) {
    guard [S_IFREG, S_IFDIR].contains(info.st_mode & S_IFMT) else { return nil }
    self.init(info, name: "")
  }

  private init(_ info: stat, name: String) {
    device = info.st_dev
    number = info.st_ino
    self.name = name
  }
}
