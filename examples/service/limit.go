package main

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bound what the service takes.
type limits struct {
	BodyBytes          int64         // of a request
	Changes            int           // of one request
	Page               int           // entries of one answer
	CallsPerSecond     float64       // of one person; four times as many at once
	StrangersPerSecond float64       // from one address, without a session; four times as many at once
	Streams            int           // open at once, of one person
	Imports            int           // under way at once, one of a person
	Read               time.Duration // until a request has been read
	Cache              int           // products in memory
}

func defaultLimits() limits {
	return limits{
		BodyBytes: 1 << 20, Changes: 1000, Page: 200, CallsPerSecond: 50, StrangersPerSecond: 10, Streams: 20, Imports: 4,
		Read: 10 * time.Second, Cache: 1000,
	}
}

// maxBuckets bounds the memory for callers. Who is forgotten may start anew, which is what time would have
// brought soon.
const maxBuckets = 10_000

// buckets limits how often each of many callers may do something.
type buckets struct {
	perSecond float64

	sync.Mutex
	of map[string]*rate.Limiter
}

func newBuckets(perSecond float64) *buckets {
	return &buckets{perSecond: perSecond, of: map[string]*rate.Limiter{}}
}

func (b *buckets) allow(caller string, at time.Time) bool {
	b.Lock()
	defer b.Unlock()
	limiter := b.of[caller]
	if limiter == nil {
		if len(b.of) >= maxBuckets {
			for name, other := range b.of {
				if other.TokensAt(at) >= float64(other.Burst()) || len(b.of) >= 2*maxBuckets {
					delete(b.of, name)
				}
			}
		}
		limiter = rate.NewLimiter(rate.Limit(b.perSecond), int(4*b.perSecond))
		b.of[caller] = limiter
	}
	return limiter.AllowN(at, 1)
}

// slots are for requests that take much memory: one of a caller at a time, and a few of all.
type slots struct {
	most int

	sync.Mutex
	of map[string]bool
}

func newSlots(most int) *slots { return &slots{most: most, of: map[string]bool{}} }

// take returns how to give the slot back; ok is false if there is none for the caller now.
func (s *slots) take(caller string) (free func(), ok bool) {
	s.Lock()
	defer s.Unlock()
	if s.of[caller] || len(s.of) >= s.most {
		return nil, false
	}
	s.of[caller] = true
	return func() {
		s.Lock()
		defer s.Unlock()
		delete(s.of, caller)
	}, true
}
