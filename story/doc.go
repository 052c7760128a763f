// Package story is described in doc.go once its first part lands.
package story
