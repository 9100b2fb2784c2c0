/// One time for one predicate: of two times of a verb, one of which lies in the other, the narrower.
///
///     Tahun ini, Melati menggelar pameran pada 3 Mei.   Pada Senin (9/11), Rina tiba pukul 10.00.
///     ╰ in which the day lies          ╰── time ──╯    ╰ in which the hour lies  ╰─ time ─╯
extension FactContext {
  /// Adds an event; of those with its verb only the ones in whose time it does not lie, and itself only where none of theirs lies in its own.
  func add(_ event: PredicateDraft) {
    var first = events.count
    while first > 0, events[first - 1].action == event.action { first -= 1 }
    for k in (first..<events.count).reversed() {
      if tells(events[k], moreThan: event) { return }
      if tells(event, moreThan: events[k]) { events.remove(at: k) }
    }
    events.append(event)
  }

  /// Whether one of two events with the same verb says when it was, and the other only less closely: that day in its year, or a word for now
  /// (`KINI dijual sejak 5 Mei`).
  private func tells(_ event: PredicateDraft, moreThan other: PredicateDraft) -> Bool {
    guard other.relation == .at else { return false }
    let (time, vague) = (text.dates[Int(event.date)], text.dates[Int(other.date)])
    if vague.isPresent {
      return time.from != nil && isCounted(time) && (event.relation == .at || event.relation == .since)
    }
    return event.relation == .at && lies(time, in: vague)
  }

  /// Whether a time lies in another one and says more closely when: a day in its year, an hour in its day, a date of the calendar beside the same in
  /// words (`SETAHUN KEMUDIAN, Rina terpilih pada 2015`); not in a part of it (`awal 2015`), and no hour in another one.
  private func lies(_ time: DateExpression, in wide: DateExpression) -> Bool {
    guard wide.kind == .date, wide.mod == .none, let from = wide.from, let to = wide.to, let first = time.from,
      let last = time.to, from <= first, last <= to
    else { return false }
    if from < first || last < to || time.kind == .time { return true }
    return isCounted(time) == isCounted(wide) ? time.span.count > wide.span.count : isCounted(time)
  }

  private func isCounted(_ date: DateExpression) -> Bool { date.span.range.contains { text.isNumber($0) } }
}
