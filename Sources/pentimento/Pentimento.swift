import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@main
struct Pentimento: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pentimento", abstract: "A tutor for mathematics that shows its corrections.",
    version: Version.program,
    subcommands: [
      ChatCommand.self, SolveCommand.self, BatchCommand.self, CheckCommand.self,
      CritiqueCommand.self, MeasureCommand.self,
      ReplayCommand.self, ResumeCommand.self, SessionsCommand.self, ExportCommand.self,
      EvalCommand.self, CalibrateCommand.self,
      SampleCommand.self, CFTCommand.self, ConfigCommand.self, DoctorCommand.self,
      FetchCommand.self,
    ], defaultSubcommand: ChatCommand.self)

  static func main() async {
    StandardDescriptors.occupy()
    // A reader that has gone away is noticed where it is written to, and so is a file that may not
    // grow any further.
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let refusal = refusal(of: arguments) {
      complain(refusal)
      Ending.exit(.usage)
    }
    await main(ordered(arguments))
  }

  /// What is wrong with an option that stands before a command which does not take it, or `nil`.
  static func refusal(of arguments: [String]) -> String? {
    guard arguments.first?.hasPrefix("-") == true, ordered(arguments) == arguments,
      (try? parseAsRoot(arguments)) == nil
    else { return nil }
    let names = Set(configuration.subcommands.compactMap { $0.configuration.commandName })
    guard let place = arguments.firstIndex(where: names.contains) else { return nil }
    let end = commandEnd(arguments, from: place)
    do {
      _ = try parseAsRoot(Array(arguments[place...] + arguments[..<place]))
      return nil
    } catch {
      let parts = message(for: error).split(separator: "'", maxSplits: 2)
      let command = arguments[place..<end].joined(separator: " ")
      guard parts.count > 1, parts[0] == "Unknown option " else {
        return "`pentimento \(command)`: \(message(for: error))"
      }
      return "`pentimento \(command)` does not take \(parts[1]); `pentimento \(command) --help` "
        + "lists what it takes"
    }
  }

  /// The arguments with the command first, where options stand before it.
  ///
  /// Only what cannot be read as it stands is put in another order: `--model solve` names a model.
  static func ordered(_ arguments: [String]) -> [String] {
    guard arguments.first?.hasPrefix("-") == true else { return arguments }
    let names = Set(configuration.subcommands.compactMap { $0.configuration.commandName })
    for (place, word) in arguments.enumerated() where names.contains(word) {
      if (try? parseAsRoot(arguments)) != nil { return arguments }
      let end = commandEnd(arguments, from: place)
      let moved = arguments[place..<end] + arguments[..<place] + arguments[end...]
      if (try? parseAsRoot(Array(moved))) != nil { return Array(moved) }
    }
    return arguments
  }

  /// Where the words end that name a command and those under it.
  private static func commandEnd(_ arguments: [String], from place: Int) -> Int {
    var commands = configuration.subcommands
    var end = place
    while end < arguments.count,
      let found = commands.first(where: { $0.configuration.commandName == arguments[end] })
    {
      commands = found.configuration.subcommands
      end += 1
    }
    return end
  }
}
