/// One measurement of one plate as the reader wrote it: one channel, one repeat.
public struct PlateRead: Sendable, Hashable, Codable {
  /// Why a well has no plain value.
  public enum Note: String, Sendable, CaseIterable, Codable {
    /// Above what the reader can measure (`OVRFLW`, `>9999`, `*****`).
    case overflow
    /// Below what the reader can measure (`<0.001`).
    case underflow
    /// The export has a place for the well and nothing in it.
    case empty
    /// Someone excluded the well in the reader's software.
    case masked
    /// Something else stands where a number was expected.
    case unreadable
  }

  /// What its numbers are.
  public enum Role: String, Sendable, CaseIterable, Codable {
    /// What the reader measured.
    case measured
    /// What the reader's software made of it: corrected, normalised, averaged.
    case calculated
    /// The reader's background beside the measurement.
    case background
  }

  /// One well of it.
  public struct Well: Sendable, Hashable, Codable {
    /// Its place.
    public var position: WellPosition
    /// The signal in the reader's unit; `nil` when it has none. A masked well may have one.
    public var value: Double?
    /// Why there is no plain value.
    public var note: Note?
    /// The line of the file it stands on, from 1; `nil` when the file has no lines (.xlsx has its row number).
    public var line: Int?

    /// Makes a well.
    public init(position: WellPosition, value: Double?, note: Note? = nil, line: Int? = nil) {
      self.position = position
      self.value = value
      self.note = note
      self.line = line
    }
  }

  /// The plate's barcode or name as the export states it; `nil` when it states none.
  public var barcode: String?
  /// The plate's number within the export where it states one beside or instead of a barcode (`3`); `nil` otherwise.
  public var plate: String?
  /// What its numbers are.
  public var role: Role
  /// The plate's size.
  public var format: PlateFormat
  /// The instrument or software, in words: `PerkinElmer EnVision`.
  public var reader: String
  /// The measurement channel or label (`Luminescence`, `544-15/590-20`); `nil` when the export names none.
  public var channel: String?
  /// The repeat, cycle or kinetic point, from 1.
  public var repeatNumber: Int
  /// When it was measured, as written; `nil` when the export does not say.
  public var time: String?
  /// What the reading is called as where a plate may have several, a time or what was done to its signals (`72 h`, `raw`): its
  /// sheet's name; `nil` otherwise.
  public var version: String?
  /// The wells in the export, in the order of their positions, each at most once.
  public var wells: [Well]
  /// The line of the file where it begins, from 1.
  public var line: Int?

  /// Makes a plate.
  public init(
    barcode: String?, format: PlateFormat, reader: String, channel: String? = nil, repeatNumber: Int = 1,
    time: String? = nil, wells: [Well], line: Int? = nil, plate: String? = nil, role: Role = .measured
  ) {
    self.barcode = barcode
    self.plate = plate
    self.role = role
    self.format = format
    self.reader = reader
    self.channel = channel
    self.repeatNumber = repeatNumber
    self.time = time
    self.wells = wells
    self.line = line
  }
}
