// One driver for everything that reads foreign text; FUZZ_TARGET names what is fuzzed.
//
// Beside a crash, a trap, an address error and a run beyond the time limit, a broken promise is a
// find: each target says what must hold for any input whatever, and ends the process if it does not.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What can be fuzzed, by its name in FUZZ_TARGET; its corpus has the same name.
private let targets: [String: @Sendable ([UInt8]) -> Void] = [
  "events": fuzzEvents, "critiques": fuzzCritiques, "transcripts": fuzzTranscripts,
  "settings": fuzzSettings, "texts": fuzzTexts, "pages": fuzzPages,
]

private let target: @Sendable ([UInt8]) -> Void = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    complain("FUZZ_TARGET must be one of \(targets.keys.sorted().joined(separator: ", "))")
    exit(64)
  }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  target(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the process with the promise that was broken; libFuzzer then saves the input.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
  if holds { return }
  complain("broken: \(promise())")
  abort()
}

private func complain(_ words: String) {
  let bytes = Array((words + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether an input is one of the share that is asked something dear.
///
/// The whole input decides (FNV-1a), not a byte of it: the fuzzer would keep such a byte, and ask every
/// input.
func isOne(of share: UInt64, _ input: [UInt8]) -> Bool {
  let hash = input.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  return (hash >> 32) % share == 0
}

/// A body in one piece, byte by byte, in small pieces, and cut once.
func pieces(of body: [UInt8], by choice: UInt8) -> [[ArraySlice<UInt8>]] {
  let cut = body.count * Int(choice) / 255
  let size = 2 + Int(choice) % 6
  return [
    [body[...]], body.indices.map { body[$0...$0] }, [body[..<cut], body[cut...]],
    stride(from: 0, to: body.count, by: size).map { body[$0..<min($0 + size, body.count)] },
  ]
}
