import LoopbackServer
import Testing

@testable import pentimento

/// Every fault of a server, in every phase and by every way in: what is said, how it ends, what is
/// left behind. `PENTIMENTO_FAULTS=all` runs all cells, and part of a name those that have it.
@Suite(.serialized) struct FaultMatrixTests {
  private static let wanted = Environment.variables()["PENTIMENTO_FAULTS"] ?? ""
  private static let cells: [FaultCell] =
    switch wanted {
    case "": FaultCell.selection
    case "all": FaultCell.all
    default: FaultCell.all.filter { $0.name.contains(wanted) }
    }

  @Test func `the selection has every fault, and every kind in every phase and way in`() {
    let selection = FaultCell.selection
    #expect(Set(selection.map(\.fault.name)).count == Fault.all.count)
    #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
    #expect(Set(selection.flatMap(\.pairs)) == Set(FaultCell.all.flatMap(\.pairs)))
    #expect(selection.count <= 120)
  }

  @Test func `whatever a server does is said, ends in time and leaves nothing behind`() async {
    // With a deadline of a fraction of a second, the other cells would get in the way.
    let held =
      await Self.run(Self.cells.filter(\.isTimed), atOnce: 1)
      + Self.run(Self.cells.filter { !$0.isTimed }, atOnce: 4)
    print("\(held) of \(Self.cells.count) cells hold; there are \(FaultCell.all.count)")
    #expect(held == Self.cells.count)
  }

  /// - Returns: How many hold.
  private static func run(_ cells: [FaultCell], atOnce: Int) async -> Int {
    await withTaskGroup(of: Bool.self) { group in
      var held = 0
      for (index, cell) in cells.enumerated() {
        if index >= atOnce, await group.next() == true { held += 1 }
        group.addTask {
          let broken = await FaultTrial.run(cell)
          for words in broken { Issue.record("\(cell.name): \(words)") }
          return broken.isEmpty
        }
      }
      for await holds in group where holds { held += 1 }
      return held
    }
  }
}
