import Testing

@testable import Tutoring

/// Expected values from py-fsrs 2.3.0, another implementation of FSRS-4.5 with the same weights.
@Suite struct MemoryTests {
  @Test(arguments: [
    (Memory.Grade.again, 0.4872, 7.6214), (.hard, 1.4003, 6.3916), (.good, 3.7145, 5.1618),
    (.easy, 13.8206, 3.932),
  ])
  func `the first review`(grade: Memory.Grade, stability: Double, difficulty: Double) {
    let memory = Memory(first: grade)
    #expect(abs(memory.stability - stability) < 1e-9)
    #expect(abs(memory.difficulty - difficulty) < 1e-9)
  }

  @Test func `a row of reviews`() {
    var memory = Memory(first: .good)
    for (grade, days, recall, stability, difficulty) in [
      (Memory.Grade.good, 4.0, 0.893499501, 14.808100506, 5.1618),
      (.good, 15, 0.89889404, 49.461604946, 5.1618),
      (.again, 40, 0.916815241, 5.427548024, 6.901155),
      (.good, 1, 0.979067105, 7.457416181, 6.847234995),
      (.hard, 5, 0.929570556, 9.580329387, 7.66466401),
      (.easy, 12, 0.879152932, 56.795900727, 6.717397726),
    ] {
      #expect(abs(memory.retrievability(after: days) - recall) < 1e-8)
      memory = memory.reviewed(grade, after: days)
      #expect(abs(memory.stability - stability) < 1e-6)
      #expect(abs(memory.difficulty - difficulty) < 1e-6)
    }
  }

  @Test func `what is forgotten again and again stays within its bounds`() {
    var memory = Memory(first: .again)
    for _ in 0..<200 { memory = memory.reviewed(.again, after: 3) }
    #expect(memory.difficulty <= 10 && memory.stability >= 0.01)
    for _ in 0..<200 { memory = memory.reviewed(.easy, after: 1) }
    #expect(memory.difficulty >= 1 && memory.stability.isFinite)
    #expect(memory.retrievability(after: -5) == 1)
  }
}
