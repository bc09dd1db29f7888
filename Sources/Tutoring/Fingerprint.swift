/// A text's 128-bit FNV-1a hash: the same on every machine and in every run, so that it can name a
/// request in a file or deal problems out to machines. No defence against somebody who wants two
/// texts to collide.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  public let bits: UInt128

  public init(_ bytes: some Sequence<UInt8>) {
    var bits: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in bytes {
      bits ^= UInt128(byte)
      bits &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    self.bits = bits
  }

  public init(_ text: String) {
    self.init(text.utf8)
  }

  /// Reads what `description` wrote; `nil` for anything else.
  public init?(reading text: String) {
    guard text.utf8.count == 32, let bits = UInt128(text, radix: 16) else { return nil }
    self.bits = bits
  }

  /// 32 hexadecimal digits.
  public var description: String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// Which of `count` equal parts a text belongs to, 0 ..< `count`.
  public func part(of count: Int) -> Int {
    // The low bits of FNV-1a depend on the low bits of the text alone, so the halves are mixed.
    Int((bits >> 64 ^ bits) & UInt128(UInt32.max)) % max(count, 1)
  }
}
