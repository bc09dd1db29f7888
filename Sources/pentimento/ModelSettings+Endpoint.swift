import Endpoint
import Tutoring

extension ModelSettings {
  /// What is wrong with the address of a server, in words, or `nil`.
  static func fault(inAddress url: String) -> String? {
    do {
      _ = try BaseURL(reading: url)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// What the wire needs to ask this model at its address.
  ///
  /// - Parameter folders: For `~` in the name of a key file.
  /// - Throws: If it has no address, or none that can be used.
  func endpointSettings(folders: Folders) throws(BaseURLError) -> EndpointSettings {
    guard case .url(let address) = place else { throw .unreadable(name) }
    let url = try BaseURL(reading: address)
    return endpointSettings(at: url, key: key.map { EndpointKey($0.source(in: folders), for: url) })
  }

  /// The same for each of its addresses.
  func allEndpointSettings(folders: Folders) throws(BaseURLError) -> [EndpointSettings] {
    var all = [try endpointSettings(folders: folders)]
    for address in furtherURLs {
      let url = try BaseURL(reading: address)
      let key = key.map { EndpointKey($0.source(in: folders), for: url) }
      all.append(endpointSettings(at: url, key: key))
    }
    return all
  }

  /// What the wire needs to ask this model at `url`.
  func endpointSettings(at url: BaseURL, key: EndpointKey?) -> EndpointSettings {
    var settings = EndpointSettings(baseURL: url, key: key, userAgent: Version.program)
    settings.deadlines = deadlines
    settings.extraOptions = extraOptions
    settings.optionNames = optionNames
    for option in never { settings.optionNames[option] = "" }
    if never.contains("logprobs") { settings.optionNames["top_logprobs"] = "" }
    return settings
  }

  /// Members of the request that the loop does not know.
  private var extraOptions: [String: JSONValue] {
    let unknown = fixed.filter { !Self.voiced.contains($0.key) }
    var members = extra.merging(unknown) { extra, _ in extra }.mapValues(\.json)
    if name == Self.embeddedCriticName {
      // The built-in server holds the adapter at 0 for all who do not ask for it.
      members["lora"] = .array([.object(["id": .int(0), "scale": .int(1)])])
    }
    return members
  }
}

extension ModelSettings.KeyOrigin {
  fileprivate func source(in folders: Folders) -> KeySource {
    switch self {
    case .environment(let name): .variable(name)
    case .command(let command): .command(command)
    case .file(let path): .file(folders.expanded(path))
    }
  }
}

extension FileValue {
  /// The value as a request has it.
  var json: JSONValue {
    switch self {
    case .text(let text), .other(let text): .string(text)
    case .whole(let whole): .int(whole)
    case .number(let number): .double(number)
    case .flag(let flag): .bool(flag)
    case .list(let values): .array(values.map(\.json))
    case .table(let entries):
      .object(
        Dictionary(entries.map { ($0.key, $0.value.json) }, uniquingKeysWith: { first, _ in first })
      )
    }
  }
}
