import ArgumentParser
import Fakta
import FaktaReport
import Glibc

/// `fakta inspect`: the article and what was found in it, for people.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what was found in articles, in the terminal or as a web page.",
    discussion: """
      Reads articles like annotate does, and documents that annotate wrote.

      Examples:
        fakta inspect berita.txt               the text in colour, facts below
        fakta inspect berita.txt --only figures,statements
        fakta inspect arsip/ --entity "Joko Widodo"
        fakta inspect arsip.ndjson --html report.html
        fakta inspect before.ndjson after.ndjson --diff

      The web page is one file that loads nothing from anywhere. Of several
      articles it also shows which figures differ, as the terminal does.

      Exit status: 0 all well; 1 nothing could be shown; 3 some articles failed;
      64 called wrongly.
      """)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Lists and layers") var setup: PipelineSetup

  @Option(help: ArgumentHelp("Write a web page; '-' is the standard output.", valueName: "file"))
  var html: String?

  @Flag(help: "Compare two files: what was removed, added and changed from the first to the second.")
  var diff = false

  @Option(
    help: ArgumentHelp(
      "Only these sections, separated by commas: \(Self.sectionNames).", valueName: "sections"))
  var only: String?

  @Option(
    help: ArgumentHelp(
      "Only what concerns this person, place or organization; may be given several times.", valueName: "name|id"))
  var entity: [String] = []

  @Option(help: ArgumentHelp("Colour: auto, always or never; auto obeys NO_COLOR.", valueName: "when"))
  var color = "auto"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Cells per line; without it as wide as the terminal, at most 120.", valueName: "cells"))
  var width: Int?

  private static var sectionNames: String { TerminalView.Section.allCases.map(\.rawValue).joined(separator: ", ") }

  func validate() throws {
    try refuseEmpty(html, "--html")
    guard ["auto", "always", "never"].contains(color) else {
      throw ValidationError("--color '\(color)' is unknown; write auto, always or never")
    }
    if let width, !(20...1000).contains(width) {
      throw ValidationError("--width \(width) is out of range; write a number from 20 to 1000")
    }
    if diff, input.inputs.count != 2 {
      throw ValidationError("--diff compares two files: name the older one, then the newer one")
    }
    _ = try sections
    _ = try NameQuery.asked(entity)
    let part = only != nil ? "--only" : entity.isEmpty ? nil : "--entity"
    if html != nil, let part {
      throw ValidationError("--html writes everything, to be searched in the page; leave \(part) out")
    }
    if diff, let part { throw ValidationError("--diff compares everything; leave \(part) out") }
  }

  private var sections: Set<TerminalView.Section> {
    get throws {
      var sections: Set<TerminalView.Section> = []
      for name in only.map(listed) ?? [] {
        guard let section = TerminalView.Section(rawValue: name) else {
          throw ValidationError("--only: there is no section '\(name)'; there are \(Self.sectionNames)")
        }
        sections.insert(section)
      }
      if only != nil, sections.isEmpty {
        throw ValidationError("--only names no section; leave it out for all of them")
      }
      return sections
    }
  }

  /// What `--entity` asks for. What the lists know by a name helps where they are at hand: annotated documents need none.
  private var names: NameQuery? {
    get throws {
      guard var names = try NameQuery.asked(entity) else { return nil }
      if let lexicon = try? setup.load() { names.resolve(in: lexicon) }
      return names
    }
  }

  private var view: TerminalView {
    get throws {
      let obeysTerminal = Console.outputIsTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
      let usesColor = color == "always" || color == "auto" && obeysTerminal
      var view = TerminalView(style: TerminalStyle(usesColor: usesColor, width: width ?? Console.terminalWidth))
      view.only = try sections
      view.names = try names
      return view
    }
  }

  func run() throws {
    let view = try view
    let walker = try input.walker(writing: [html ?? "-"])
    try checkFiles(walker)
    var source = try DocumentSource(setup: setup, options: input.articleOptions)
    if diff {
      let sides = input.inputs.map { InputWalker(paths: [$0], outputs: [html ?? "-"]) }
      let old = try source.documents(from: sides[0])
      let new = try source.documents(from: sides[1])
      for (path, documents) in zip(input.inputs, [old, new]) where documents.allSatisfy({ $0.failure != nil }) {
        throw stop("\(path): no article of it could be read; there is nothing to compare")
      }
      try write(Comparison(old, new), view)
    } else {
      try write(try source.documents(from: walker), view)
    }
    if source.failures > 0 { throw ExitCode(source.failures == source.count ? 1 : 3) }
  }

  /// Refuses to write what is read.
  private func checkFiles(_ walker: InputWalker) throws {
    var uses = FileUses(input, setup)
    uses.writes(html ?? "-", by: "--html", isOwn: FileUses.isFile(beginning: HTMLReport.wrote), isWrittenLast: true)
    try uses.check(walker)
  }

  private func write(_ documents: [ReportDocument], _ view: TerminalView) throws {
    let conflicts = documents.count > 1 ? FigureConflicts.find(in: documents) : []
    if let html { return try write(HTMLReport.page(for: documents, conflicts: conflicts), to: html) }
    let rule = String(repeating: "─", count: view.style.width)
    var shown = documents
    if documents.count > 1 {
      // Of many articles only those are listed in which there is something to see.
      shown = documents.filter { view.concerns($0) && !view.body(of: $0).isEmpty }
    }
    if shown.isEmpty, view.names != nil { shown = Array(documents.prefix(1)) }
    for (i, document) in shown.enumerated() {
      try print(lines: (i > 0 ? ["", rule, ""] : []) + view.lines(for: document))
    }
    let differing = view.conflicts(conflicts, in: documents)
    if !differing.isEmpty { try print(lines: (shown.isEmpty ? [] : ["", rule]) + differing) }
  }

  private func write(_ comparison: Comparison, _ view: TerminalView) throws {
    if let html {
      return try write(HTMLReport.page(for: comparison, names: (input.inputs[0], input.inputs[1])), to: html)
    }
    try print(lines: view.lines(for: comparison))
  }

  private func write(_ page: [UInt8], to path: String) throws {
    if path == "-" { return try Console.output(String(decoding: page, as: UTF8.self)) }
    do {
      try FileIO.write(page, to: path)
    } catch {
      throw stop("\(error)")
    }
  }

  private func print(lines: [String]) throws {
    try Console.output(lines.map { $0 + "\n" }.joined())
  }
}
