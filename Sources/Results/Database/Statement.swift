import CSQLite

/// A prepared statement: values are bound, and columns read, in their order.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database
  private let columns: Int32

  fileprivate let parameters: Int32

  init(_ handle: OpaquePointer, of database: Database) {
    self.handle = handle
    self.database = database
    columns = sqlite3_column_count(handle)
    parameters = sqlite3_bind_parameter_count(handle)
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs a statement that answers nothing, with the values that `bind` gives it.
  func run(_ bind: (inout Binder) -> Void) throws(ResultsError) {
    var binder = Binder(handle)
    bind(&binder)
    precondition(binder.position == parameters, "a value for each parameter")
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw database.writing() }
  }

  /// Reads every row that the statement answers.
  ///
  /// - Parameter expected: How many rows there will be, where that is known.
  func query<Value>(
    _ bind: (inout Binder) -> Void = { _ in }, expected: Int = 0, row: (inout Row) throws(ResultsError) -> Value
  ) throws(ResultsError) -> [Value] {
    begin(bind)
    defer { sqlite3_reset(handle) }
    var values: [Value] = []
    values.reserveCapacity(min(expected, 1 << 20))
    while try step() {
      var reader = self.row
      values.append(try row(&reader))
    }
    return values
  }

  /// Begins to answer rows that are stepped through.
  func begin(_ bind: (inout Binder) -> Void) {
    sqlite3_reset(handle)
    var binder = Binder(handle)
    bind(&binder)
  }

  /// Goes to the next row; whether there is one.
  func step() throws(ResultsError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.reading()
    }
  }

  /// The row that was stepped to, from its first column.
  var row: Row { Row(handle, path: database.path) }

  /// Gives a statement's parameters their values, one after the other.
  struct Binder {
    private let handle: OpaquePointer
    fileprivate var position: Int32 = 0

    fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

    /// A text, or nothing.
    mutating func add(_ text: String?) {
      position += 1
      guard var text else {
        sqlite3_bind_null(handle, position)
        return
      }
      _ = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // No text at all has no address, and is a text all the same.
          characters.baseAddress.map { sqlite3_bind_text_copy(handle, position, $0, Int32(characters.count)) }
            ?? sqlite3_bind_text_copy(handle, position, "", 0)
        }
      }
    }

    /// A whole number, or nothing.
    mutating func add(_ number: Int?) {
      position += 1
      if let number { sqlite3_bind_int64(handle, position, Int64(number)) } else { sqlite3_bind_null(handle, position) }
    }

    /// A number, or nothing; not-a-number is nothing.
    mutating func add(_ number: Double?) {
      position += 1
      if let number { sqlite3_bind_double(handle, position, number) } else { sqlite3_bind_null(handle, position) }
    }

    /// 1 or 0.
    mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    /// Numbers, eight bytes each, little-endian; or nothing.
    mutating func add(_ numbers: [Double]?) {
      #if _endian(big)
        bytes(of: numbers?.map(\.bitPattern.littleEndian))
      #else
        bytes(of: numbers)
      #endif
    }

    /// Whole numbers, four bytes each, little-endian.
    mutating func add(counts: [Int]) { bytes(of: counts.map { Int32(clamping: $0).littleEndian }) }

    private mutating func bytes<Element>(of elements: [Element]?) {
      position += 1
      guard let elements else {
        sqlite3_bind_null(handle, position)
        return
      }
      _ = elements.withUnsafeBytes { bytes in
        bytes.baseAddress.map { sqlite3_bind_blob_copy(handle, position, $0, Int32(bytes.count)) }
          ?? sqlite3_bind_zeroblob(handle, position, 0)
      }
    }
  }

  /// Reads the columns of an answered row, one after the other.
  struct Row {
    private let handle: OpaquePointer
    private let path: String
    private var position: Int32 = 0

    fileprivate init(_ handle: OpaquePointer, path: String) {
      self.handle = handle
      self.path = path
    }

    private mutating func next() -> Int32? {
      defer { position += 1 }
      return sqlite3_column_type(handle, position) == SQLITE_NULL ? nil : position
    }

    /// An error of the column that was read last.
    func wrong(_ expected: String) -> ResultsError {
      let name = sqlite3_column_name(handle, position - 1).map { String(cString: $0) } ?? ""
      return .notResults(path: path, reason: "\(name) is not \(expected)")
    }

    /// A text, where there is one.
    mutating func text() -> String? {
      guard let position = next(), let text = sqlite3_column_text(handle, position) else { return nil }
      let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, position)))
      return String(decoding: bytes, as: UTF8.self)
    }

    /// A text that is always there.
    mutating func requiredText() throws(ResultsError) -> String {
      guard let text = text() else { throw wrong("a text") }
      return text
    }

    /// A word of an enum.
    mutating func word<Word: RawRepresentable<String>>() throws(ResultsError) -> Word {
      guard let word = Word(rawValue: try requiredText()) else { throw wrong("a word of \(Word.self)") }
      return word
    }

    /// A whole number, where there is one.
    mutating func integer() -> Int? { next().map { Int(sqlite3_column_int64(handle, $0)) } }

    /// A whole number that is always there.
    mutating func requiredInteger() throws(ResultsError) -> Int {
      guard let number = integer() else { throw wrong("a whole number") }
      return number
    }

    /// A number, where there is one.
    mutating func real() -> Double? { next().map { sqlite3_column_double(handle, $0) } }

    /// A number; not-a-number where there is none.
    mutating func number() -> Double { real() ?? .nan }

    /// Numbers, where there are some.
    mutating func reals() throws(ResultsError) -> [Double]? {
      guard let bytes = try blob(of: 8) else { return nil }
      return [Double](unsafeUninitializedCapacity: bytes.count / 8) { numbers, count in
        count = bytes.count / 8
        for place in 0..<count {
          let bits = bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)
          numbers.initializeElement(at: place, to: Double(bitPattern: UInt64(littleEndian: bits)))
        }
      }
    }

    /// Whole numbers; none where there are none.
    mutating func counts() throws(ResultsError) -> [Int] {
      guard let bytes = try blob(of: 4) else { return [] }
      return (0..<bytes.count / 4).map {
        Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)))
      }
    }

    /// Both ends of an interval, where it has one.
    mutating func ends() -> (low: Double, high: Double)? {
      let (low, high) = (real(), real())
      return low == nil && high == nil ? nil : (low ?? .nan, high ?? .nan)
    }

    private mutating func blob(of size: Int) throws(ResultsError) -> UnsafeRawBufferPointer? {
      guard let position = next() else { return nil }
      let bytes = Int(sqlite3_column_bytes(handle, position))
      guard bytes % size == 0 else { throw wrong("numbers of \(size) bytes") }
      return UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, position), count: bytes)
    }
  }
}
