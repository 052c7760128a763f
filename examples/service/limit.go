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
	Read               time.Duration // until a request has been read
	Cache              int           // products in memory
}

func defaultLimits() limits {
	return limits{
		BodyBytes: 1 << 20, Changes: 1000, Page: 200, CallsPerSecond: 50, StrangersPerSecond: 10, Streams: 20,
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
