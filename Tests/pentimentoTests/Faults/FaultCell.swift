import LoopbackServer

/// What is asked for when the server misbehaves.
enum FaultPhase: String, CaseIterable {
  case propose, critique, revise, hint

  /// What was asked before it, and answered soundly.
  var before: [FaultPhase] {
    switch self {
    case .propose: []
    case .critique, .revise: [.propose]
    case .hint: [.propose, .critique]
    }
  }
}

/// How the program is driven.
enum FaultWay: String, CaseIterable {
  /// The REPL on a pseudo-terminal.
  case dialogue
  /// `pentimento solve`.
  case once
  case pipe, batch

  /// The phases that it comes to.
  var phases: [FaultPhase] {
    switch self {
    case .dialogue, .pipe: FaultPhase.allCases
    case .once, .batch: [.propose, .critique, .revise]
    }
  }
}

/// One fault, in one phase of the first of two problems, by one way in.
struct FaultCell: Sendable {
  var fault: Fault
  var phase: FaultPhase
  var way: FaultWay

  var name: String { "\(fault.name), \(phase.rawValue), \(way.rawValue)" }

  /// Whether a deadline of a fraction of a second is set, so that nothing else should run.
  var isTimed: Bool { !fault.settings.isEmpty }

  /// All cells that make sense: a server of its own, as TLS needs one, is another model's than the
  /// one asked before.
  static let all = Fault.all.flatMap { fault in
    FaultWay.allCases.flatMap { way in
      way.phases.filter { fault.place != .tls || [.propose, .critique].contains($0) }
        .map { FaultCell(fault: fault, phase: $0, way: way) }
    }
  }

  /// Each fault once, where it brings together the most of what has not been together before, and
  /// then what else it takes for every kind of fault to be in every phase and every way in.
  static let selection: [FaultCell] = {
    var open = Set(all.flatMap(\.pairs))
    var chosen: [FaultCell] = []
    func choose(among cells: [FaultCell]) {
      // Where nothing is new, the faults in turn take the ways in turn.
      let turn = cells.isEmpty ? 0 : chosen.count % cells.count
      let turned = cells[turn...] + cells[..<turn]
      guard let best = turned.max(by: { open.gain($0) < open.gain($1) }) else { return }
      open.subtract(best.pairs)
      chosen.append(best)
    }
    for fault in Fault.all { choose(among: all.filter { $0.fault.name == fault.name }) }
    while !open.isEmpty { choose(among: all.filter { open.gain($0) > 0 }) }
    return chosen
  }()

  /// What is together in it, two by two.
  var pairs: Set<String> {
    let kind = fault.kind.rawValue
    return [
      "\(kind) \(phase.rawValue)", "\(kind) \(way.rawValue)", "\(phase.rawValue) \(way.rawValue)",
    ]
  }
}

extension Set<String> {
  fileprivate func gain(_ cell: FaultCell) -> Int { intersection(cell.pairs).count }
}
