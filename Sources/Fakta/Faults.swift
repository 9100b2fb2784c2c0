import CFaktaGuard

/// What a fault of the program itself does outside of batches, in which it costs only its article.
public enum Faults {
  /// Says `message` on stderr when a fault ends the program, and ends it with status 1 instead of a signal and a core file.
  public static func end(saying message: StaticString) {
    message.withUTF8Buffer { bytes in
      // A static string ends with a zero and lives as long as the program.
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(fk_fault_message) }
    }
  }
}
