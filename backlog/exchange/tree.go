package exchange

// treeFormats are the formats in JSON.
func treeFormats() []format { return nil }
