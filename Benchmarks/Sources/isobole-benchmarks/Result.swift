/// What one benchmark found.
struct Result: Encodable {
  /// Group, as in the table's headings.
  var group: String
  /// The task.
  var task: String
  /// Whose code ran: `Isobole`, `SciPy`.
  var who: String
  /// Fastest and median of the repeats, in `unit`; absent when the benchmark was skipped.
  var minimum: Double?
  var median: Double?
  var unit: String
  /// The target that the project has set, and the floor that was reached elsewhere, in `unit`; larger is better when
  /// the unit is MB/s.
  var target: Double?
  var floor: Double?
  /// What the check of the results found; a benchmark whose results are wrong ends the run with status 1.
  var check: String
  var isWrong = false
  /// Why nothing was measured.
  var skipped: String?

  /// A benchmark that ran; `seconds` are converted into `unit`.
  init(
    _ group: String, _ task: String, who: String = "Isobole", time: Stopwatch.Time, in unit: Unit,
    target: Double? = nil,
    floor: Double? = nil, check: Check
  ) {
    self.group = group
    self.task = task
    self.who = who
    minimum = unit.value(time.minimum)
    median = unit.value(time.median)
    self.unit = unit.name
    self.target = target
    self.floor = floor
    self.check = check.text
    isWrong = !check.isRight
  }

  /// A benchmark that could not run.
  init(_ group: String, _ task: String, who: String = "Isobole", skipped: String) {
    self.group = group
    self.task = task
    self.who = who
    unit = ""
    check = ""
    self.skipped = skipped
  }

  /// How seconds are shown.
  enum Unit {
    case microseconds
    case milliseconds
    case seconds
    /// In terms of other seconds.
    case times(Double)
    case megabytes
    /// Bytes over time.
    case megabytesPerSecond(bytes: Int)

    var name: String {
      switch self {
      case .microseconds: "µs"
      case .milliseconds: "ms"
      case .seconds: "s"
      case .times: "×"
      case .megabytes: "MB"
      case .megabytesPerSecond: "MB/s"
      }
    }

    func value(_ seconds: Double) -> Double {
      switch self {
      case .microseconds: seconds * 1e6
      case .milliseconds: seconds * 1e3
      case .seconds, .megabytes: seconds
      case .times(let other): seconds / other
      case .megabytesPerSecond(let bytes): Double(bytes) / 1e6 / seconds
      }
    }
  }
}

/// Whether results are right, and how that was seen.
struct Check {
  var isRight: Bool
  var text: String

  init(_ isRight: Bool, _ text: String) {
    self.isRight = isRight
    self.text = (isRight ? "" : "WRONG: ") + text
  }

  /// Both must hold.
  static func && (one: Check, two: Check) -> Check {
    var both = Check(true, one.text + "; " + two.text)
    both.isRight = one.isRight && two.isRight
    return both
  }
}
