package exchange

// textFormats are the formats that are text without columns.
func textFormats() []format { return nil }
