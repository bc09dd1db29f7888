extension LineEditor {
  /// Lets the person write a text in `$VISUAL`, else `$EDITOR`, else vi.
  ///
  /// - Parameter initial: What the text begins as.
  /// - Returns: The text without line ends at its end; `nil` if the editor failed.
  public func compose(_ initial: String = "") async -> String? {
    restoreTerminal()
    return await withCheckedContinuation { writer in
      startThread { writer.resume(returning: edited(initial)) }
    }
  }
}
