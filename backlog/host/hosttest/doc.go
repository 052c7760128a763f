// Package hosttest has the laws of a [host.Log], to run on one's own, and a log that fails on purpose.
//
//	func TestEventLog(t *testing.T) {
//		hosttest.TestLog(t, func(t *testing.T) host.Log { return eventLog{openTestDB(t)} })
//	}
//
// A log that has a method Reopen, see [Reopener], is closed and opened again in between. A log that has a
// method OpenAgain, see [Sharer], is used by several handles at once, as several processes use it. Give
// yours both if it is stored anywhere but in memory: a log with a mutex in each handle loses events, and
// only the second finds it.
//
// What the laws do not test: a crash in the middle of an append, and a disk that loses what it took. To be
// whole after a crash, an append is one statement of a database, or one line of a file that is not read
// without its end; see the Example of [Laws]. The handles are in one process: whether a lock holds between
// processes is for the log's own tests.
//
// [FaultyLog] stands in front of a log and fails when it is asked to, for tests of what a host does then.
package hosttest
