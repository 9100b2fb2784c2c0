package enum HTMLReport {
  package static func page(for documents: [ReportDocument], conflicts: [FigureConflicts.Conflict]) -> [UInt8] { [] }
  package static func page(for comparison: Comparison, names: (String, String)) -> [UInt8] { [] }
}
