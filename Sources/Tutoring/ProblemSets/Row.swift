import FoundationEssentials

/// One JSON object with its fields by name.
struct Row: Decodable {
  struct Field: CodingKey, Hashable {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
  private let fields: KeyedDecodingContainer<Field>

  init(from decoder: any Decoder) throws {
    fields = try decoder.container(keyedBy: Field.self)
  }

  init(reading bytes: [UInt8]) throws(RowFault) {
    do {
      self = try JSONDecoder().decode(Row.self, from: Data(bytes))
    } catch DecodingError.typeMismatch {
      throw RowFault("the row is no JSON object")
    } catch {
      throw RowFault("the row is not whole JSON")
    }
  }

  /// Sorted.
  var names: [String] { fields.allKeys.map(\.stringValue).sorted() }

  /// Whether the field is there and not null.
  func has(_ name: String) -> Bool {
    (try? fields.decodeNil(forKey: Field(stringValue: name))) == false
  }

  /// A text, or a number as it would be written.
  func text(_ name: String) throws(RowFault) -> String {
    try value(Scalar.self, name, "a text").text
  }

  func texts(_ name: String) throws(RowFault) -> [String] {
    try value([Scalar].self, name, "a list of texts").map(\.text)
  }

  func int(_ name: String) throws(RowFault) -> Int { try value(Int.self, name, "a whole number") }

  func bool(_ name: String) throws(RowFault) -> Bool { try value(Bool.self, name, "true or false") }

  func bools(_ name: String) throws(RowFault) -> [Bool] {
    try value([Bool].self, name, "a list of true and false")
  }

  func row(_ name: String) throws(RowFault) -> Row { try value(Row.self, name, "an object") }

  func rows(_ name: String) throws(RowFault) -> [Row] {
    try value([Row].self, name, "a list of objects")
  }

  private func value<Value: Decodable>(_ type: Value.Type, _ name: String, _ what: String)
    throws(RowFault) -> Value
  {
    guard has(name) else { throw RowFault("the row has no field `\(name)`") }
    do {
      return try fields.decode(type, forKey: Field(stringValue: name))
    } catch {
      throw RowFault("the field `\(name)` is not \(what)")
    }
  }
}

/// A text or a number; a whole number has no decimal point, however it is written.
private struct Scalar: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self.text = text
    } else if let whole = try? value.decode(Int.self) {
      text = String(whole)
    } else {
      text = "\(try value.decode(Double.self))"
    }
  }
}
