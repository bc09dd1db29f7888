// The words of every error: what happened, where, what to do next.

import Testing
import Tutoring

@testable import Endpoint

private let url = "http://localhost:8080/v1/chat/completions"

private let texts: [(error: ModelError, words: String)] = [
  (
    .unreachable(url: url, reason: "Couldn't connect to server"),
    "no answer from \(url) (couldn't connect to server); start the server or check the base URL, "
      + "or try `pentimento replay FILE`"
  ),
  (
    .unreachable(url: url, reason: "SSL connect error"),
    "no answer from \(url) (SSL connect error); start the server or check the base URL, or try "
      + "`pentimento replay FILE`"
  ),
  (
    .unreachable(url: url, reason: ModelError.untrusted),
    "no answer from \(url) (its certificate is not trusted); check the base URL, or have the "
      + "system trust who signed it"
  ),
  (
    .unreachable(url: url, reason: ModelError.noTLS),
    "no answer from \(url) (no TLS connection could be made); a server without TLS wants a base "
      + "URL that begins with http:"
  ),
  (
    .timedOut(url: url, phase: "connect", seconds: 10),
    "\(url) was too slow (no connection after 10 s); check the base URL and the network"
  ),
  (
    .timedOut(url: url, phase: "first byte", seconds: 300),
    "\(url) was too slow (no reply after 300 s); a busy or small machine needs longer: raise "
      + "`first_byte_timeout` for this model"
  ),
  (
    .timedOut(url: url, phase: "idle", seconds: 0.5),
    "\(url) was too slow (no byte for 0.5 s); the server may hang: look at its log, or raise "
      + "`idle_timeout` for this model"
  ),
  (
    .timedOut(url: url, phase: "total", seconds: 1800),
    "\(url) was too slow (not complete after 1800 s); ask for fewer tokens, or raise "
      + "`total_timeout` for this model"
  ),
  (
    .unauthorized(url: url, status: 401, message: "Invalid API Key"),
    "\(url) refused the key (401: Invalid API Key); check the key that is configured for this "
      + "model"
  ),
  (
    .noKey(url: url, reason: "the environment variable KEY is not set; set it to the key"),
    "no key for \(url) (the environment variable KEY is not set; set it to the key); nothing was "
      + "sent"
  ),
  (
    .optionRefused(url: url, option: "grammar", message: "Failed to parse grammar"),
    "\(url) refused the option `grammar` (Failed to parse grammar); write `grammar = false` for "
      + "this model in pentimento.toml, or rename it in its option_names"
  ),
  (
    .tooLong(url: url, promptTokens: 5000, contextTokens: 4096),
    "the prompt has 5000 tokens, more than the 4096 of the model's context at \(url); ask "
      + "something shorter or start the server with more context"
  ),
  (
    .tooLong(url: url, promptTokens: nil, contextTokens: 4096),
    "the prompt is longer than the 4096 tokens of the model's context at \(url); ask something "
      + "shorter or start the server with more context"
  ),
  (
    .tooLong(url: url, promptTokens: nil, contextTokens: nil),
    "the prompt is longer than the model's context at \(url); ask something shorter or start the "
      + "server with more context"
  ),
  (
    .refused(url: url, status: 404, message: "File Not Found"),
    "\(url) answered 404 (File Not Found); check the model's name and that the base URL has the "
      + "path before /chat/completions"
  ),
  (
    .refused(url: url, status: 429, message: "busy"),
    "\(url) answered 429 (busy); try again later"
  ),
  (
    .refused(url: url, status: 301, message: "moved to https://x/v1"),
    "\(url) answered 301 (moved to https://x/v1); redirects are not followed: put the new address "
      + "into the base URL"
  ),
  (
    .refused(url: url, status: 500, message: "oops"),
    "\(url) answered 500 (oops); look at the server's log, or try again later"
  ),
  (
    .refused(url: url, status: 200, message: "slot failed"),
    "\(url) answered 200 (slot failed); look at the server's log, or try again later"
  ),
  (
    .refused(url: url, status: 400, message: ""),
    "\(url) answered 400; check the model's settings in pentimento.toml"
  ),
  (
    .unreadable(url: url, reason: "the reply is empty"),
    "\(url) did not answer in chat completions (the reply is empty); check that the base URL ends "
      + "where /chat/completions begins"
  ),
]

@Test(arguments: texts.indices)
func `an error says what happened, where, and what to do next`(row: Int) {
  #expect("\(texts[row].error)" == texts[row].words)
}
