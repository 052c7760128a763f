// Package prioritize says what comes first, exactly and with reasons.
package prioritize
