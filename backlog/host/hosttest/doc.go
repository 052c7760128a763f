// Package hosttest has the laws of a [host.Log], to run on one's own, and a log that fails on purpose.
//
//	func TestEventLog(t *testing.T) {
//		hosttest.TestLog(t, func(t *testing.T) host.Log { return eventLog{openTestDB(t)} })
//	}
//
// A log that has a method Reopen, see [Reopener], is closed and opened again in between.
//
// [FaultyLog] stands in front of a log and fails when it is asked to, for tests of what a host does then.
package hosttest
