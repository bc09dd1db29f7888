import ArgumentParser

@main
struct Pentimento: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pentimento", abstract: "A tutor for mathematics that shows its corrections.",
    version: Version.program,
    subcommands: [
      ChatCommand.self, SolveCommand.self, CheckCommand.self, CritiqueCommand.self,
      ReplayCommand.self,
      ResumeCommand.self, ConfigCommand.self, DoctorCommand.self, FetchCommand.self,
      SampleCommand.self,
    ], defaultSubcommand: ChatCommand.self)
}
