// live-runs
