import FaktaTestSupport
import Foundation
import Testing

@testable import Fakta

/// What README and docs show is what the program does. The recipes are run by `Tests/Consumers`.
@Suite struct DocumentationTests {
  let program: Program

  init() throws { program = try Program() }

  /// The text of a file, and what stands between its fences.
  private func document(_ name: String) throws -> (text: String, blocks: [String]) {
    let text = String(decoding: try FileIO.read("\(Corpus.root)/\(name)"), as: UTF8.self)
    let pieces = text.components(separatedBy: "\n```")
    let blocks = stride(from: 1, to: pieces.count, by: 2).map { index in
      String(pieces[index].drop { $0 != "\n" }.dropFirst()) + "\n"
    }
    return (text, blocks)
  }

  @Test func factsOfTheExample() throws {
    let shown = try document("README.md").text.split(separator: "\n").filter {
      ["figure  ", "role  ", "statement  ", "event  "].contains(where: $0.hasPrefix)
    }
    let facts = try program.run("facts", "\(Corpus.root)/docs/example.txt", "--to", "table", "--width", "118").lines
    #expect(shown.count > 5)
    for line in shown { #expect(facts.contains(String(line)), "\(line)") }
  }

  @Test func recordOnTheStandardInput() throws {
    let block = try #require(try document("README.md").blocks.first { $0.hasPrefix("$ printf '{\"id\"") })
    let lines = block.split(separator: "\n")
    let record = String(try #require(lines[0].split(separator: "'").first { $0.hasPrefix("{\"id\"") }))
    let output = try program.run(["annotate"], input: utf8(record.replacing("\\n", with: "\n"))).output
    #expect(lines.count == 3)
    for line in lines.dropFirst() { #expect(output.contains(line), "\(line)") }
  }

  /// Every rule of docs/rules.md passes the check that the page recommends, with the table that stands there.
  @Test func rules() throws {
    let blocks = try document("docs/rules.md").blocks
    try program.write(try #require(blocks.first { $0.hasPrefix("#! class=zat") }), to: "zat.tsv")
    let rules = blocks.filter { $0.hasPrefix("rule ") }
    #expect(rules.count > 6)
    for rule in rules {
      try program.write(rule, to: "my.rules")
      let check = try program.run("gazetteer", "check", "my.rules", "zat.tsv")
      #expect(check.status == 0 && check.output.contains("1 rule, "), "\(rule)\n\(check.output)")
    }
  }

  /// No page names an option that no command has.
  @Test func options() throws {
    let commands =
      [["annotate"], ["facts"], ["inspect"], ["explain"]] + ["compile", "check", "lookup"].map { ["gazetteer", $0] }
    let help = try commands.map { try program.run($0 + ["--help"]).output }.joined()
    let known = Set(help.matches(of: /--[a-z-]+/).map(\.output))
    for name in ["README.md", "docs/batches.md", "docs/inspect.md", "docs/rules.md", "docs/recipes.md"] {
      let lines = try document(name).text.split(separator: "\n").filter { $0.contains("fakta") || $0.contains("`--") }
      for option in lines.flatMap({ $0.matches(of: /[ `](--[a-z][a-z-]+)/).map(\.output.1) }) {
        #expect(known.contains(option), "\(name): \(option)")
      }
    }
  }
}
