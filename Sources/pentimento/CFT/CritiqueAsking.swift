import Tutoring

// Models in a build: samplers that solve the problems, and a teacher that writes the critiques.
// Several problems are asked about at a time, and what comes of them is taken in the order of the
// files, so that the records do not depend on which server was faster.

/// Asks the models of a build.
struct CritiqueAsking: Sendable {
  private let builder: CritiqueBuilder
  private let log: ReplyLog
  private let prompts: Prompts
  private let policy: Policy
  private let teacher: Voice?
  private let samplers: [(name: String, voice: Voice)]
  private let jobs: Int

  init(_ command: CFTBuildCommand, builder: CritiqueBuilder, folder: String) throws(Failure) {
    self.builder = builder
    log = try ReplyLog(path: Path.joined(folder, "replies.jsonl"))
    jobs = command.jobs
    var settings = command.settings
    settings.model = settings.model ?? command.teacher ?? command.sampler.first
    let studio = try Studio(settings)
    prompts = studio.prompts
    policy = studio.configuration.loop
    teacher = try command.teacher.map { name throws(Failure) in
      try Self.voice(name, command.settings)
    }
    samplers = try command.sampler.map { name throws(Failure) in
      (name, try Self.voice(name, command.settings))
    }
  }

  /// The voice of a model that is named as `--model` would name it.
  private static func voice(_ name: String, _ settings: ConfigurationOptions) throws(Failure)
    -> Voice
  {
    var settings = settings
    settings.model = name
    let studio = try Studio(settings)
    return try studio.voice(studio.configuration.solver)
  }

  /// Takes what comes of all problems, in their order.
  func run(
    _ material: CritiqueMaterial,
    _ take: (CritiqueBuilder.Outcome) throws(Failure) -> Void
  ) async throws(Failure) {
    typealias Answered = (place: Int, outcomes: Result<[CritiqueBuilder.Outcome], Failure>)
    let failure: Failure? = await withTaskGroup(of: Answered.self) { group in
      var started = 0
      var taken = 0
      var waiting: [Int: [CritiqueBuilder.Outcome]] = [:]
      do throws(Failure) {
        while true {
          while started - taken < jobs, let item = try material.next() {
            let place = started
            started += 1
            group.addTask { (place, await outcomes(for: item)) }
          }
          guard let answered = await group.next() else { return nil }
          waiting[answered.place] = try answered.outcomes.get()
          while let outcomes = waiting.removeValue(forKey: taken) {
            taken += 1
            for outcome in outcomes { try take(outcome) }
          }
        }
      } catch {
        group.cancelAll()
        return error
      }
    }
    if let failure { throw failure }
  }

  private func outcomes(for item: EvaluationItem) async
    -> Result<[CritiqueBuilder.Outcome], Failure>
  {
    do throws(Failure) {
      var item = item
      for (name, voice) in samplers {
        item.solutions += try await samples(of: item, by: voice, named: name)
      }
      guard let teacher else { return .success(builder.outcomes(for: item)) }
      var outcomes: [CritiqueBuilder.Outcome] = []
      for question in builder.questions(for: item, prompts: prompts) {
        switch question {
        case .failure(let refusal): outcomes.append(.refused(refusal))
        case .success(let question):
          let reply = try await ask(teacher, question.messages, question.options)
          outcomes.append(builder.outcome(of: reply, to: question))
        }
      }
      return .success(outcomes)
    } catch {
      return .failure(error)
    }
  }

  /// The first sample is greedy, as in the loop.
  private func samples(of item: EvaluationItem, by voice: Voice, named name: String)
    async throws(Failure) -> [GivenSolution]
  {
    var solutions: [GivenSolution] = []
    let messages = prompts.messages(.propose, ["problem": item.statement])
    for sample in 0..<max(policy.samples, 1) {
      var options = RequestOptions(temperature: 0, maxTokens: policy.solutionTokens)
      if sample > 0 {
        options.temperature = policy.temperature
        options.seed = policy.seed &+ (sample - 1)
      }
      let reply = try await ask(voice, messages, options)
      if reply.finish.isComplete {
        solutions.append(GivenSolution(text: reply.text, kind: name))
      }
    }
    return solutions
  }

  /// The model's reply, or the one that it gave in an earlier run.
  private func ask(_ voice: Voice, _ messages: [Message], _ options: RequestOptions)
    async throws(Failure) -> Reply
  {
    let request = voice.request(messages, options)
    if let reply = try await log.reply(to: request) { return reply }
    let reply: Reply
    do throws(ModelError) {
      reply = try await voice.model.reply(to: request) { _ in }
    } catch {
      throw Failure(error.status, "\(error); what was replied is kept, run it again to go on")
    }
    if reply.finish != .interrupted && reply.finish != .cut {
      try await log.keep(reply, to: request)
    }
    return reply
  }
}
