// Package roadmap is described in doc.go once its first part lands.
package roadmap
