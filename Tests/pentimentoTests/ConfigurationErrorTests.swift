import Testing

@testable import pentimento

private let at = examplePath

@Test(arguments: [
  ("solvr = \"x\"", "\(at):1: no setting is called `solvr`; did you mean `solver`?"),
  (
    "banana = 1",
    "\(at):1: no setting is called `banana`; there are solver, critic, loop, models"
  ),
  ("[loop]\n\nround = 1", "\(at):3: no setting is called `loop.round`; did you mean `rounds`?"),
  (
    "[loop]\nrounds = \"two\"",
    "\(at):2: `rounds` must be a whole number from 0 to 100, not `two`"
  ),
  ("[loop]\nrounds = 101", "\(at):2: `rounds` must be a whole number from 0 to 100, not 101"),
  ("[loop]\nrounds = 1.5", "\(at):2: `rounds` must be a whole number from 0 to 100, not 1.5"),
  ("[loop]\nchecker = 1", "\(at):2: `checker` must be true or false, not 1"),
  ("[loop]\nthreshold = 2", "\(at):2: `threshold` must be a number from 0.0 to 1.0, not 2"),
  ("loop = 3", "\(at):1: `loop` must be a table, not 3"),
  ("solver = 3", "\(at):1: `solver` must be the name of a model, not 3"),
  ("solver = 2020-01-01", "\(at):1: `solver` must be the name of a model, not a date"),
  (
    "[models.a]\nmodel = \"m\"",
    "\(at):1: the model `a` has no base_url; "
      + "write one such as base_url = \"http://localhost:8080/v1\""
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\nbase-url = 1",
    "\(at):3: no setting is called `models.a.base-url`; did you mean `base_url`?"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\napi_key = \"sk-very-secret\"",
    "\(at):3: `api_key` would put a key into this file; name where it is instead: "
      + "key_env, key_command or key_file"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\nkey_env = \"A\"\nkey_file = \"b\"",
    "\(at):4: only one of key_env, key_file may be given"
  ),
  (
    "[models.a]\nbase_url = \"http://ada:secret@h/v1\"",
    "\(at):2: the base URL holds a name or a password; take it out and configure a key instead"
  ),
  (
    "[models.a]\nbase_url = \"ftp://h\"",
    "\(at):2: `ftp://h` is neither http nor https; "
      + "write a base URL such as http://localhost:8080/v1"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\ntemperature = \"hot\"",
    "\(at):3: `models.a.temperature` must be a number from 0 to 2, or false to never send it, "
      + "not `hot`"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\nidle_timeout = 0",
    "\(at):3: `models.a.idle_timeout` must be a number of seconds, above 0 and at most 86400, not 0"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\nextra = { stream = false }",
    "\(at):3: `models.a.stream` must be left to the program, not false"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\nextra = { day = [2020-01-01] }",
    "\(at):3: `models.a.day` must be something that JSON has, not a list"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\noption_names = { max_token = \"x\" }",
    "\(at):3: no setting is called `models.a.option_names.max_token`; did you mean `max_tokens`?"
  ),
  (
    "[models.embedded]\nbase_url = \"http://h\"",
    "\(at):2: `base_url` must be left out for the built-in model `embedded`, not given"
  ),
  (
    "[models.embedded-critic]\ncft = false",
    "\(at):2: `cft` must be left out for the built-in model `embedded-critic`, not given"
  ),
  (
    "[models.a]\nbase_url = \"http://h\"\ncft = \"yes\"",
    "\(at):3: `models.a.cft` must be true or false, not `yes`"
  ),
  (
    "[models.none]\nbase_url = \"http://h\"",
    "\(at):1: `models.none` must be called otherwise: that name has a meaning of its own, "
      + "not used here"
  ),
  (
    "solver = \"locl\"\n[models.local]\nbase_url = \"http://h\"",
    "\(at):1: no model is called `locl`; did you mean `local`?; "
      + "for a server that has no name here, give its address with --base-url"
  ),
])
func `a fault in the file is said with its line and what to write`(text: String, says: String) {
  #expect(throws: ConfigurationError.self) { try configuration(text) }
  do {
    _ = try configuration(text)
  } catch {
    #expect("\(error)" == says)
  }
}

@Test func `text that is not TOML is said with its line`() throws {
  do {
    _ = try configuration("solver = \"a\"\n[loop\n")
    Issue.record("it was read")
  } catch {
    #expect("\(error)" == "\(at):2: this is not TOML: the header does not end in `]`")
  }
}

@Test func `a variable or a flag with a wrong value is named`() throws {
  var flags = ConfigurationFlags()
  flags.loop["budget_cals"] = .init(value: .whole(1), flag: "--set")
  let faults: [(ConfigurationFlags, [String: String], String)] = [
    (
      ConfigurationFlags(), ["PENTIMENTO_ROUNDS": "many"],
      "$PENTIMENTO_ROUNDS: `rounds` must be a whole number from 0 to 100, not `many`"
    ),
    (flags, [:], "--set: no setting is called `budget_cals`; did you mean `budget_calls`?"),
    (
      ConfigurationFlags(model: "embeded"), [:],
      "--model: no model is called `embeded`; did you mean `embedded`?; "
        + "for a server that has no name here, give its address with --base-url"
    ),
    (
      ConfigurationFlags(baseURL: "localhost:8080"), [:],
      "--base-url: `localhost:8080` is no base URL; write one such as http://localhost:8080/v1"
    ),
  ]
  for (flags, environment, says) in faults {
    do {
      _ = try configuration(flags: flags, environment: environment)
      Issue.record("it was taken: \(says)")
    } catch {
      #expect("\(error)" == says)
    }
  }
}

@Test func `a file that was named must be there`() {
  #expect(throws: ConfigurationError.unreadable(path: "/x", reason: "there is no such file")) {
    try configuration(flags: ConfigurationFlags(file: "/x"))
  }
}
