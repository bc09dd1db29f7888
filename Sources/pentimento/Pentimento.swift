import ArgumentParser

@main
struct Pentimento: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pentimento", abstract: "A tutor for mathematics that shows its corrections.",
    version: Version.program,
    subcommands: [
      ChatCommand.self, SolveCommand.self, BatchCommand.self, CheckCommand.self,
      CritiqueCommand.self,
      ReplayCommand.self, ResumeCommand.self, EvalCommand.self, CalibrateCommand.self,
      SampleCommand.self, CFTCommand.self, ConfigCommand.self, DoctorCommand.self,
      FetchCommand.self,
    ], defaultSubcommand: ChatCommand.self)
}
