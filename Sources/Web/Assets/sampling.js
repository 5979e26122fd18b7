// verification by sample, signals and queries
