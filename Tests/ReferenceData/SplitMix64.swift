import Simulation

/// Random numbers that are the same in every run.
public typealias SplitMix64 = Simulation.SplitMix64
