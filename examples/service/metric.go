package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus reads. No label holds what a caller sent.
type metrics struct {
	registry  *prometheus.Registry
	durations *prometheus.HistogramVec
	refusals  *prometheus.CounterVec
	events    prometheus.Counter
}

func newMetrics(s *server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "service_request_seconds", Help: "How long requests took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "status"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "service_problems_total", Help: "Requests that were refused, by the type of the problem.",
		}, []string{"type"}),
		events: prometheus.NewCounter(prometheus.CounterOpts{Name: "service_events_total", Help: "Events that were appended."}),
	}
	streams := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "service_streams", Help: "Open streams of events."},
		func() float64 { return float64(s.hub.size()) })
	m.registry.MustRegister(m.durations, m.refusals, m.events, streams, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) request(pattern string, status int, took time.Duration) {
	m.durations.WithLabelValues(pattern, strconv.Itoa(status)).Observe(took.Seconds())
}
