import Fakta
import Testing

@testable import FaktaReport

@Suite struct LineWrapperTests {
  private func lines(_ text: String, width: Int, indent: Int = 0) -> [String] {
    var wrapper = LineWrapper(style: TerminalStyle(usesColor: false, width: 80), width: width, indent: indent)
    wrapper.append(text)
    return wrapper.finish()
  }

  @Test func breaksAtSpaces() {
    #expect(lines("Kapal itu  tenggelam di laut", width: 12) == ["Kapal itu", "tenggelam di", "laut"])
    #expect(lines("Kapal itu", width: 8, indent: 2) == ["  Kapal", "  itu"])
  }

  @Test func wideCharactersTakeTwoCells() {
    #expect(lines("漢字 漢字 漢字", width: 9) == ["漢字 漢字", "漢字"])
    #expect(CellWidth.of("漢字") == 4)
    #expect(CellWidth.of("e\u{301}") == 1)
    #expect(CellWidth.of("👩‍👩‍👧") == 2)
    #expect(CellWidth.of("🇮🇩") == 2)
    #expect(CellWidth.of("\u{200F}") == 0)
  }

  @Test func longWordIsCutBetweenCharacters() {
    #expect(lines("abcdefghij", width: 4) == ["abcd", "efgh", "ij"])
    #expect(lines("漢字漢字", width: 5) == ["漢字", "漢字"])
    #expect(lines("x abcdefghij", width: 4) == ["x", "abcd", "efgh", "ij"])
  }

  @Test func noLineIsWiderThanAsked() throws {
    for text in try ReportCorpus.injections() {
      for line in lines(text + " " + text, width: 20) {
        #expect(CellWidth.of(line) <= 20, "\(text)")
      }
    }
  }

  /// Nothing of an article reaches the terminal as a command, and nothing turns a line around.
  @Test func controlsAreReplaced() throws {
    for text in try ReportCorpus.injections() {
      let scalars = lines(text, width: 80).joined().unicodeScalars
      #expect(
        !scalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
        })
    }
    #expect(lines("a\u{1B}[2Jb", width: 80) == ["a\u{FFFD}[2Jb"])
    // All that Unicode calls Bidi_Control.
    for scalar in "\u{61C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}".unicodeScalars {
      #expect("a\(scalar)b".harmless == "a\u{FFFD}b")
    }
  }

  @Test func colourIsEndedOnEveryLine() {
    var wrapper = LineWrapper(style: TerminalStyle(usesColor: true, width: 20), width: 8)
    wrapper.append("Pulau Kencana", .place)
    #expect(wrapper.finish() == ["\u{1B}[32mPulau\u{1B}[0m", "\u{1B}[32mKencana\u{1B}[0m"])
  }
}

@Suite struct TerminalViewTests {
  private func text(
    _ documents: [ReportDocument], color: Bool = false, width: Int = 80,
    _ change: (inout TerminalView) -> Void = { _ in }
  ) -> String {
    var view = TerminalView(style: TerminalStyle(usesColor: color, width: width))
    change(&view)
    let lines =
      documents.flatMap { view.lines(for: $0) + [""] }
      + view.conflicts(FigureConflicts.find(in: documents), in: documents)
    return lines.joined(separator: "\n") + "\n"
  }

  /// To be looked at when it changes: `Tests/Snapshots/inspect.txt` is what people see.
  @Test func wholeView() throws {
    #expect(text(try ReportCorpus.articles()) == (try ReportCorpus.snapshot("inspect.txt")))
  }

  @Test func wholeViewInColour() throws {
    let shown = text([try ReportCorpus.articles()[2]], color: true, width: 60)
    #expect(shown == (try ReportCorpus.snapshot("inspect-colour.txt")))
  }

  @Test func narrowViewFits() throws {
    for line in text(try ReportCorpus.articles(), width: 40).split(separator: "\n") {
      #expect(CellWidth.of(String(line)) <= 40, "\(line)")
    }
  }

  @Test func onlySomeSections() throws {
    let shown = text([try ReportCorpus.articles()[0]]) { $0.only = [.people] }
    #expect(shown.contains("PEOPLE  1") && !shown.contains("FIGURES") && !shown.contains("Kerugian"))
  }

  @Test func oneEntity() throws {
    let articles = try ReportCorpus.articles()
    let names = try NameQuery(["rahmat"])
    let shown = text([articles[0]]) { $0.names = names }
    #expect(shown.contains("mentioned 2×") && shown.contains("Kepala, Badan SAR Batu Karang"))
    #expect(!shown.contains("1998"))
    var view = TerminalView(style: TerminalStyle(usesColor: false, width: 80))
    view.names = names
    #expect(articles.map { view.concerns($0) } == [true, false, false])
  }

  @Test func emptyAndBrokenDocuments() {
    #expect(!text([ReportDocument()]).isEmpty)
    #expect(text([.failure("column 3: broken", id: "a.ndjson:7")]).contains("column 3: broken"))
  }
}
