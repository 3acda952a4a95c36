package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"xinsheng/store"
)

// metrics are figures for operators, without anything personal: what is asked
// of us, what we ask of others, and what waits.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	outside  *prometheus.CounterVec
}

func newMetrics(st *store.Store, log *slog.Logger) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "xinsheng_request_seconds", Help: "Requests by route and class of status (2xx …).",
		}, []string{"route", "status"}),
		outside: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "xinsheng_outside_total", Help: "Calls to vendors by host and class of status; none where no answer came.",
		}, []string{"host", "status"}),
	}
	m.registry.MustRegister(m.requests, m.outside, backlog{st, log}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

func (m *metrics) observe(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, class(status)).Observe(took.Seconds())
}

func class(status int) string { return fmt.Sprintf("%dxx", status/100) }

// roundTrip is a round tripper made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip does the call.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// watch counts the calls that leave the process.
func (m *metrics) watch(out http.RoundTripper) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		host := r.URL.Host
		response, err := out.RoundTrip(r)
		if err != nil {
			m.outside.WithLabelValues(host, "none").Inc()
			return response, err
		}
		m.outside.WithLabelValues(host, class(response.StatusCode)).Inc()
		return response, nil
	})
}

// backlog reads what waits each time that somebody asks for the figures.
type backlog struct {
	store *store.Store
	log   *slog.Logger
}

var (
	outboxMessages = prometheus.NewDesc("xinsheng_outbox_messages", "Messages of the outbox that are not done.", []string{"state"}, nil)
	outboxOldest   = prometheus.NewDesc("xinsheng_outbox_oldest_seconds", "Age of the oldest message that waits; 0 without any.", nil, nil)
	ordersLive     = prometheus.NewDesc("xinsheng_orders_live", "Orders that can still be paid.", nil, nil)
)

// Describe names the figures.
func (b backlog) Describe(out chan<- *prometheus.Desc) {
	out <- outboxMessages
	out <- outboxOldest
	out <- ordersLive
}

// Collect gives none of them where the database does not answer, so that their absence alarms.
func (b backlog) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	now, err := b.store.Backlog(ctx)
	if err != nil {
		b.log.Error("what waits could not be counted", "error", err)
		return
	}
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	gauge(outboxMessages, float64(now.Waiting), "waiting")
	gauge(outboxMessages, float64(now.Dead), "dead")
	gauge(outboxMessages, float64(now.Unknown), "unknown")
	age := 0.0
	if !now.Oldest.IsZero() {
		age = time.Since(now.Oldest).Seconds()
	}
	gauge(outboxOldest, age)
	gauge(ordersLive, float64(now.LiveOrders))
}
