import ArgumentParser
import Fakta
import FaktaReport

/// `fakta facts`: one row per fact.
struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "Writes one row per fact: a table, csv, tsv or ndjson.",
    discussion: """
      Examples:
        fakta facts berita.txt                   a table for the terminal
        fakta facts arsip/ --kind figure --where 'unit=IDR and value>1e9' --to csv
        fakta facts arsip/ --entity Lavrov --from 2015-11-01 --to-day 2015-11-30
        fakta facts arsip/ --where from=2015-11 --where 'actor~polisi or not place'
        fakta facts arsip/ --add penangkapan.rules --kind penangkapan --to tsv

      Conditions of --where: slots (actor, place, speaker ...) and values (value,
      unit, from, to, relation, root ...) with = != < <= > >= and ~ (contains),
      joined by and, or, not and brackets. Numbers have a point before decimals
      and no other marks. A month (2015-11) or a year stands for all of its days.
      What a field never holds is refused. The field date is the value as written
      (2017-11, 2017-W45): ask from and to for days.

      --entity takes a name (Lavrov, "Joko Widodo", DPR) or an id (country:id) and
      finds all mentions of who or what has it: Jokowi finds Joko Widodo, Lavrov
      finds Sergei Lavrov, Indonesia does not find Bank Indonesia.
      """)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Lists and layers") var setup: PipelineSetup
  @OptionGroup(title: "Batches") var batch: BatchOptions

  @Option(
    help: ArgumentHelp(
      "table, csv, tsv or ndjson. (default: table in a terminal or with --width, else tsv)", valueName: "format"))
  var to: String?
  @Option(help: ArgumentHelp("Only facts of this kind; may be given several times.", valueName: "kind"))
  var kind: [String] = []
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only facts that fulfil this condition; of several, all of them.", valueName: "condition"))
  var conditions: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only facts with this person, place or organization in a slot but content; of several, any of them.",
      valueName: "name|id"))
  var entity: [String] = []
  @Option(help: ArgumentHelp("Only facts whose time ends on this day or later.", valueName: "yyyy-mm-dd"))
  var from: String?
  @Option(help: ArgumentHelp("Only facts whose time begins on this day or earlier.", valueName: "yyyy-mm-dd"))
  var toDay: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Cells per line of a table; the terminal's width if not given.", valueName: "cells"))
  var width: Int?

  func validate() throws {
    let selection = try selection
    if let to, FactTable.Format(rawValue: to) == nil {
      throw ValidationError(
        "--to '\(to)' is unknown; write \(FactTable.Format.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if let first = selection.from, let last = selection.to, first > last {
      throw ValidationError("--from \(first.iso) is later than --to-day \(last.iso); no fact lies between them")
    }
    if let width, width < 20 {
      throw ValidationError("--width \(width) is out of range; write a number from 20")
    }
    if width != nil, let to, to != "table" {
      throw ValidationError("--width is for tables, not for --to \(to); leave one of them out")
    }
    try setup.require(.facts, of: "facts")
  }

  private var selection: FactSelection {
    get throws {
      var selection = FactSelection()
      for name in kind {
        let names = listed(name)
        if names.isEmpty { throw ValidationError("--kind '\(name)' names no kind; leave it out for all of them") }
        selection.kinds.formUnion(names)
      }
      for text in conditions {
        do throws(FactFilter.Problem) {
          selection.conditions.append(try FactFilter(text))
        } catch {
          throw ValidationError(place(of: text, error))
        }
      }
      selection.names = try NameQuery.asked(entity)
      selection.from = try day(from, "--from")
      selection.to = try day(toDay, "--to-day")
      return selection
    }
  }

  /// What is wrong with a condition; of several it says which.
  private func place(of condition: String, _ problem: FactFilter.Problem) -> String {
    conditions.count > 1 ? "--where '\(condition)':\(problem.column): \(problem.reason)" : "\(problem)"
  }

  private func day(_ text: String?, _ option: String) throws -> CalendarDay? {
    guard let text else { return nil }
    guard let day = parseISODate(Array(text.utf8).span) else {
      throw ValidationError("\(option) '\(text)' is no date; write year, month and day, such as 2015-11-09")
    }
    return CalendarDay(day.year, day.month, day.day)
  }

  func run() throws {
    let walker = try input.walker(writing: batch.files)
    let lexicon = try setup.lexicon()
    var selection = try selection
    try check(selection, lexicon)
    selection.names?.resolve(in: lexicon)
    let isTable = to == nil ? width != nil || batch.output == nil && Console.outputIsTerminal : to == "table"
    let format = isTable ? FactTable.Format.table : FactTable.Format(rawValue: to ?? "tsv") ?? .tsv
    let formatter = FactFormatter(
      lexicon: lexicon, table: FactTable(format: format, width: width ?? Console.terminalWidth),
      selection: selection)
    try batch.check(FileUses(input, setup), walker, formatter)
    let options =
      "facts to=\(format.rawValue) kind=\(kind) where=\(conditions) entity=\(entity) from=\(from ?? "") to=\(toDay ?? "")"
    try batch.run(
      walker, lexicon: lexicon, pipeline: try setup.pipeline(lexicon),
      formatter: isTable || batch.writesToTerminal && format != .ndjson ? HarmlessFormatter(formatter) : formatter,
      articles: try input.articleOptions,
      fingerprint: "\(setup.fingerprint(lexicon)) \(input.fingerprint) \(options)")
  }

  /// Refuses kinds and conditions that no fact of these lists and rules fulfils.
  private func check(_ selection: FactSelection, _ lexicon: Lexicon) throws {
    for (text, condition) in zip(conditions, selection.conditions) {
      do throws(FactFilter.Problem) {
        try condition.check(lexicon.factFields)
      } catch {
        throw misuse(place(of: text, error), of: "facts")
      }
    }
    if let unknown = selection.kinds.subtracting(lexicon.factKinds).min() {
      throw misuse(
        "--kind '\(unknown)' is given by no rule; write \(lexicon.factKinds.joined(separator: ", "))", of: "facts")
    }
  }
}
