package service

import (
	"sync"
	"time"
)

// Glances keeps for some seconds what many look at again and again, and when
// each worker of this process last said that it lives.
type Glances struct {
	life  time.Duration
	mu    sync.Mutex
	kept  map[string]*glance
	beats map[string]time.Time
}

type glance struct {
	mu    sync.Mutex
	at    time.Time
	value any
}

// NewGlances keeps what was read for so long; with 0 everything is read anew each time.
func NewGlances(life time.Duration) *Glances {
	return &Glances{life: life, kept: map[string]*glance{}, beats: map[string]time.Time{}}
}

// glanceAt gives what was read lately under a key, or reads it; who asks meanwhile waits for the one reading.
func glanceAt[T any](g *Glances, key string, read func() (T, error)) (T, error) {
	g.mu.Lock()
	one := g.kept[key]
	if one == nil {
		one = &glance{}
		g.kept[key] = one
	}
	g.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	if value, ok := one.value.(T); ok && time.Since(one.at) < g.life {
		return value, nil
	}
	value, err := read()
	if err == nil {
		one.value, one.at = value, time.Now()
	}
	return value, err
}

// due says whether a worker should tell again that it lives.
func (g *Glances) due(worker string, every time.Duration) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if time.Since(g.beats[worker]) < every {
		return false
	}
	g.beats[worker] = time.Now()
	return true
}
