// Choices that look random and are the same in every run and on every machine: the generator is
// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), seeded with the user's seed and the text that a
// choice is for, hashed by FNV-1a (Fowler, Noll and Vo). So one record's choices depend on no other's.

/// A sequence of choices that a seed and a text determine.
struct Draw: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int, for text: String) {
    state = UInt64(bitPattern: Int64(seed)) ^ WordHash.of(text.utf8)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of several, which must not be none.
  mutating func one<Choice>(of choices: [Choice]) -> Choice {
    choices[Int(next() % UInt64(choices.count))]
  }

  /// Whether one of `n` equal chances came.
  mutating func isOne(in n: UInt64) -> Bool { next() % n == 0 }
}

/// A 64-bit hash that does not change between runs; not for what an adversary chooses.
enum WordHash {
  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// Of several hashes in their order.
  static func joined(_ hashes: some Sequence<UInt64>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for part in hashes {
      hash = (hash ^ part) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 33
    }
    return hash
  }
}
