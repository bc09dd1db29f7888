import Algebra

// Critiques by a teacher model. The teacher does not see the reference answer: its verdict has to
// agree with it, so that a critique which only happens to end rightly is at least seldom. About one
// in five critiques of the published data is inaccurate; what the checker can refute is left out.

extension CritiqueBuilder {
  /// A solution that a teacher can be asked about, with the request.
  public struct Question: Sendable {
    let judged: Judged
    public let messages: [Message]
    public let options: RequestOptions

    public var id: String { judged.id }
  }

  /// What can be asked about a problem's solutions, and why nothing can be asked about the others.
  public func questions(for item: EvaluationItem, prompts: Prompts) -> [Result<Question, Refusal>] {
    solutions(of: item).enumerated().map { index, given in
      do throws(Refusal) {
        let judged = try judged(given, of: item, index: index)
        let messages = prompts.messages(
          .teach, ["problem": judged.statement, "solution": judged.solution.text])
        return .success(
          Question(judged: judged, messages: messages, options: Self.teacherOptions))
      } catch {
        return .failure(error)
      }
    }
  }

  /// As the paper asks its teacher.
  static let teacherOptions = RequestOptions(temperature: 0.3, topP: 0.95, maxTokens: 3_200)

  /// The teacher's critique as a record, if it is whole, agrees with the reference and says nothing
  /// that the checker refutes.
  public func outcome(of reply: Reply, to question: Question) -> Outcome {
    guard reply.finish.isComplete else { return .refused(.unfinished) }
    do throws(Refusal) {
      return .draft(try accepted(reply.text.trimmed(), question.judged, source: .teacher))
    } catch {
      return .refused(error)
    }
  }
}
