import Statistics

/// A range of plausible values, named where scores are.
public typealias Interval = Statistics.Interval
