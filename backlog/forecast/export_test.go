package forecast

// StandardError is for its twin.
var StandardError = standardError
