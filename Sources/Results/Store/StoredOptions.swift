import Foundation
import Screening

/// What the store holds as JSON: options, plates, annotations.
enum StoredOptions {
  /// A value as JSON: names in snake case and in the order of the alphabet, the same for the same value.
  static func text(of value: some Encodable) throws(ResultsError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      throw .cannotWrite(path: RunStoreWriter.name, reason: "\(error)")
    }
  }

  /// JSON as it was, its names in the order of the alphabet.
  static func plain(_ value: JSONValue) throws(ResultsError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      throw .cannotWrite(path: RunStoreWriter.name, reason: "\(error)")
    }
  }

  /// A value read back.
  static func value<Value: Decodable>(_ text: String, path: String) throws(ResultsError) -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { return try decoder.decode(Value.self, from: Data(text.utf8)) } catch {
      throw .notResults(path: path, reason: words(error))
    }
  }

  /// The options of a run. Nothing is guessed: one that is missing is an error, and so is one that this version does not
  /// have.
  static func options(_ text: String, threads: Int, path: String) throws(ResultsError) -> ScreenOptions {
    var options: ScreenOptions = try value(text, path: path)
    options.threads = threads
    let again = try self.text(of: options)
    guard again != text else { return options }
    let (stored, known) = (leaves(text), leaves(again))
    for name in stored.keys.sorted() where known[name] != stored[name] {
      throw .notResults(
        path: path, reason: "option \(name) = \(stored[name] ?? "") is not one of this version")
    }
    throw .notResults(path: path, reason: "its options are not those of this version")
  }

  /// Every value with the names that lead to it.
  private static func leaves(_ text: String) -> [String: String] {
    var found: [String: String] = [:]
    func add(_ value: Any, _ name: String) {
      switch value {
      case let members as [String: Any]:
        for (key, member) in members { add(member, name.isEmpty ? key : "\(name).\(key)") }
      case let list as [Any]: for (place, item) in list.enumerated() { add(item, "\(name)[\(place)]") }
      default: found[name] = "\(value)"
      }
    }
    if let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) { add(value, "") }
    return found
  }

  /// What Foundation's decoder found, in a sentence.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: DecodingError.Context, _ last: String = "") -> String {
      (context.codingPath.map(\.stringValue) + (last.isEmpty ? [] : [last])).joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(place(context, key.stringValue)) is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "\(place(context)) is not of the kind \(type)"
    case .dataCorrupted(let context):
      let what =
        context.debugDescription.contains("not valid JSON")
        ? "it is no JSON that can be read" + (context.underlyingError.map { ": \($0)" } ?? "")
        : context.debugDescription
      return place(context).isEmpty ? what : "\(place(context)): \(what)"
    @unknown default: return "\(error)"
    }
  }
}
