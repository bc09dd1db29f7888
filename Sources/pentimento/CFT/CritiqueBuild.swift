import FoundationEssentials
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// From files to files. First the problems are held against the benchmarks; then every solution gets
// its critique, and what is accepted goes to a spool; then records are chosen by the seed and copied
// from there. In memory are a few numbers a record, whatever the texts' size. The finished files take
// the place of earlier ones only when they are whole.

/// One run of `pentimento cft build`.
struct CritiqueBuild {
  private let command: CFTBuildCommand
  private let material: CritiqueMaterial
  private let builder: CritiqueBuilder
  private let folder: String
  private let files: TrainingFiles

  init(_ command: CFTBuildCommand, format: ProblemSetFormat?) throws(Failure) {
    self.command = command
    folder = command.out
    files = TrainingFiles(layout: command.layout)
    builder = CritiqueBuilder(seed: command.seed, planting: command.plant)
    var benchmarks = Benchmarks()
    try Self.read(command.against) { benchmarks.add($0.statement, id: $0.id) }
    var allowed: Set<UInt64>? = command.within.isEmpty ? nil : []
    try Self.read(command.within) { _ = allowed?.insert($0.fingerprint) }
    material = CritiqueMaterial(
      files: command.files, format: format, benchmarks: benchmarks, allowed: allowed)
  }

  func run() async throws(Failure) -> CritiqueAccount {
    var matches = try material.survey()
    for file in command.transcripts {
      matches += try Self.transcript(file).posed.compactMap(material.match)
    }
    if !matches.isEmpty, !command.dropContaminated { throw Self.contaminated(matches) }
    let record = BuildRecord(command)
    if !command.force { try record.check(folder) }
    let isNew = !Path.isFolder(folder)
    do {
      try Folders.create(folder)
    } catch {
      throw Failure(.files, "\(error)")
    }
    let spool = try CritiqueSpool(
      path: Path.joined(folder, ".drafts"), layout: files.layout, seed: command.seed)
    try takeTranscripts(spool)
    if command.teacher == nil && command.sampler.isEmpty {
      while let item = try material.next() {
        for outcome in builder.outcomes(for: item) { try spool.take(outcome) }
      }
    } else {
      let asking = try CritiqueAsking(command, builder: builder, folder: folder)
      try await asking.run(material) { outcome throws(Failure) in try spool.take(outcome) }
    }
    do throws(Failure) {
      return try write(spool, record)
    } catch {
      // Of use only with something in it; what has something in it stays.
      if isNew { rmdir(folder) }
      throw error
    }
  }

  private func takeTranscripts(_ spool: CritiqueSpool) throws(Failure) {
    for file in command.transcripts {
      for outcome in builder.outcomes(for: try Self.transcript(file), where: material.allows) {
        try spool.take(outcome)
      }
    }
  }

  private static func transcript(_ file: String) throws(Failure) -> Transcript {
    do {
      return try Transcript(file: file)
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }

  // MARK: - Writing

  private func write(
    _ spool: CritiqueSpool, _ record: BuildRecord
  ) throws(Failure) -> CritiqueAccount {
    let chosen = spool.selection.chosen(balance: command.balance, limit: command.limit)
    let path = Path.joined(folder, files.records)
    var account = spool.account
    account.rows = material.rows
    account.contaminated = material.contaminated
    account.outside = material.outside
    account.isChecked = !command.noAgainst
    account.written = chosen.count
    account.writtenRight = chosen.count(where: \.isRight)
    account.path = path
    if chosen.isEmpty {
      spool.remove()
      throw Self.nothing(account, balance: command.balance)
    }
    let records = try GrowingFile(path: path + ".new")
    let sources = try GrowingFile(path: Path.joined(folder, TrainingFiles.sources) + ".new")
    if files.layout == .instruction { try records.append("[\n") }
    for (index, entry) in chosen.enumerated() {
      let (record, source) = try spool.draft(entry.place)
      let isLast = index == chosen.count - 1
      try records.append(record + (files.layout == .instruction && !isLast ? ",\n" : "\n"))
      try sources.append(source + "\n")
    }
    if files.layout == .instruction { try records.append("]\n") }
    try records.finish(as: path)
    try sources.finish(as: Path.joined(folder, TrainingFiles.sources))
    try write(files.datasetInfo, as: TrainingFiles.description)
    try write(TrainingFiles.trainingConfiguration, as: TrainingFiles.training)
    do {
      try write(try record.encoded, as: BuildRecord.name)
    } catch {
      throw Failure(.files, "\(error)")
    }
    removeOtherLayouts()
    spool.remove()
    return account
  }

  /// Records in another layout would be those of an earlier build.
  private func removeOtherLayouts() {
    for layout in CritiqueLayout.allCases where layout != command.layout {
      unlink(Path.joined(folder, TrainingFiles(layout: layout).records))
    }
  }

  private static func nothing(_ account: CritiqueAccount, balance: Double?) -> Failure {
    var lines = account.reading
    if let balance, account.right + account.wrong > 0 {
      lines.append("--balance \(balance) leaves nothing of these")
    }
    return Failure(
      .unreadable,
      (["no record came of it; nothing was written:"] + lines.map { "  \($0)" })
        .joined(separator: "\n"))
  }

  private func write(_ text: String, as name: String) throws(Failure) {
    let path = Path.joined(folder, name)
    let file = try GrowingFile(path: path + ".new")
    try file.append(text)
    try file.finish(as: path)
  }

  // MARK: - Reading

  private static func read(_ files: [String], _ take: (EvaluationItem) -> Void) throws(Failure) {
    for file in files {
      do {
        var set = try ProblemSet(path: file)
        while let item = try set.next() { take(item) }
      } catch {
        throw Failure(error.status, "\(error)")
      }
    }
  }

  private static func contaminated(_ matches: [Benchmarks.Match]) -> Failure {
    let shown = matches.prefix(20).map { match in
      "  \(match.row) \(match.isWhole ? "is" : "shares 13 words with") \(match.benchmark)"
    }
    let more = matches.count > 20 ? ["  and \(matches.count - 20) more"] : []
    let count = matches.count == 1 ? "1 problem is" : "\(matches.count) problems are"
    return Failure(
      .unreadable,
      (["\(count) in a benchmark; nothing was written. Leave them out with --drop-contaminated:"]
        + shown + more).joined(separator: "\n"))
  }
}
