/// Which of the drafts become records: the share of right ones and the number, chosen by a seed.
///
/// The choice depends on the drafts' ids, not on the order they come in.
public struct CritiqueSelection: Sendable {
  public struct Entry: Hashable, Sendable {
    /// The draft's place among those that were offered, counted from 0.
    public var place: Int
    public var isRight: Bool
    var rank: UInt64
  }
  public let seed: Int
  public private(set) var entries: [Entry] = []

  public init(seed: Int) {
    self.seed = seed
  }

  public mutating func offer(id: String, isRight: Bool) {
    var draw = Draw(seed: seed, for: "selection/" + id)
    entries.append(Entry(place: entries.count, isRight: isRight, rank: draw.next()))
  }

  /// The chosen entries, shuffled.
  ///
  /// - Parameters:
  ///   - balance: The share of right ones, between 0 and 1; `nil` takes what there is.
  ///   - limit: Records at most; `nil` for as many as the balance allows.
  public func chosen(balance: Double?, limit: Int?) -> [Entry] {
    let ranked = entries.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
    let right = ranked.filter(\.isRight)
    let wrong = ranked.filter { !$0.isRight }
    guard let balance else { return Array(ranked.prefix(limit ?? ranked.count)) }
    var total = limit ?? ranked.count
    if balance > 0 { total = min(total, Int(Double(right.count) / balance)) }
    if balance < 1 { total = min(total, Int(Double(wrong.count) / (1 - balance))) }
    let rights = min(right.count, Int((Double(total) * balance).rounded()))
    let chosen = right.prefix(rights) + wrong.prefix(total - rights)
    return chosen.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
  }
}
