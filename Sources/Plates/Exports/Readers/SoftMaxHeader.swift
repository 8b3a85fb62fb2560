import Assay
import Spreadsheets

/// The `Plate:` line of SoftMax Pro: the plate's name, what was read and how, its wavelengths, its size and the part
/// of it that was read. The fields' places differ between versions and read modes, so they are told by what they hold.
struct SoftMaxHeader {
  /// The plate's name; `nil` when it has none.
  var name: String?
  /// Absorbance, Luminescence, ….
  var mode = ""
  var isKinetic = false
  var isSpectrum = false
  /// Whether only the reduced values were exported.
  var isReduced = false
  /// Emission or absorbance wavelengths, nm.
  var wavelengths: [String] = []
  /// Excitation wavelengths, nm.
  var excitations: [String] = []
  var format: PlateFormat?
  /// The first row that was read, from 0.
  var firstRow = 0
  /// How many rows were read; `nil` when the line does not say.
  var rowCount: Int?

  init(_ row: TextSheet.Row, reading: CellReading) {
    let fields = row.cells
    name = fields.count > 1 && !fields[1].isEmpty ? fields[1] : nil
    let words = Set(fields.map { $0.lowercased() })
    isKinetic = words.contains("kinetic")
    isSpectrum = words.contains("spectrum")
    isReduced = words.contains("reduced") && !words.contains("raw") && !words.contains("both")
    mode =
      fields.first { field in
        ["absorbance", "fluorescence", "luminescence", "time resolved", "fluorescence polarization"].contains {
          field.lowercased().hasPrefix($0)
        }
      } ?? ""
    var stated: Int?
    for (place, field) in fields.enumerated().dropFirst(2) {
      let numbers = field.split(separator: " ").map(String.init)
      guard !numbers.isEmpty, numbers.allSatisfy({ Int($0).map { (180...1100).contains($0) } ?? false }) else {
        continue
      }
      if wavelengths.isEmpty, Int(row.cell(place - 1)) == numbers.count {
        wavelengths = numbers
        // First column, number of columns, number of wells.
        stated = Int(row.cell(place + 3))
      } else if numbers.count == wavelengths.count, excitations.isEmpty, place > 0, Self.wells(field) == nil {
        excitations = numbers
      }
    }
    format =
      stated.flatMap { PlateFormat(wells: $0) }
      ?? fields.dropFirst(2).last { Self.wells($0) != nil && $0.count > 1 }.flatMap(Self.wells)
    // The last two numbers are the first row and the number of rows.
    let last = fields.filter { !$0.isEmpty }.suffix(2).map { Int($0) }
    if last.count == 2, let first = last[0], let count = last[1], let format, first >= 1, count >= 1,
      first - 1 + count <= format.rows
    {
      firstRow = first - 1
      rowCount = count
    }
  }

  private static func wells(_ field: String) -> PlateFormat? { Int(field).flatMap { PlateFormat(wells: $0) } }

  /// The channel of the wavelength with the given place.
  func channel(_ place: Int, isReduced: Bool) -> String {
    guard place < wavelengths.count else { return channel(wavelength: "", isReduced: isReduced) }
    let excitation = place < excitations.count ? excitations[place] + "/" : ""
    return channel(wavelength: excitation + wavelengths[place], isReduced: isReduced)
  }

  /// The channel of a wavelength.
  func channel(wavelength: String, isReduced: Bool) -> String {
    let plain = [mode, isReduced ? "" : wavelength].filter { !$0.isEmpty }.joined(separator: " ")
    return isReduced ? "Reduced" + (plain.isEmpty ? "" : " (\(plain))") : plain
  }
}
