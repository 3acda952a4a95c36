// Package sandbox is the outside world of xinsheng on one port: WeChat's official account, WeChat Pay v3 and
// Tencent Cloud (SMS, faces, ID cards), as strict as they are and with a memory, plus a phone to look at it.
// It is a second server, never a second client: the program talks to it through its real SDKs and Egress.
package sandbox

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Config says where a sandbox lives and who lives in it.
type Config struct {
	Dir    string           // state folder; "" keeps everything in memory
	URL    string           // our own public address, as http://127.0.0.1:8090
	Site   string           // the site's public address, as http://localhost:8080
	People []Person         // the demo persons, whose parts the sandbox plays
	Now    func() time.Time // nil means time.Now
	Font   []byte           // TTF with Chinese characters for the album's documents; nil looks for one of the system
}

// Sandbox is the outside world: any number of isolated worlds, told apart by appid, mchid and SecretId.
type Sandbox struct {
	config Config
	keys   keyPair
	front  http.Handler // the phone half: every request that is not for a vendor or a control

	mu     sync.Mutex // guards worlds and order; each world has its own lock inside
	worlds map[string]*World
	first  string // appid of the default world

	saving sync.Mutex // one save at a time
	dirty  atomic.Bool
	wake   chan struct{}
	client *http.Client // carries callbacks to the site
}

// Open loads the worlds kept in the folder, or makes keys and the default world once.
func Open(config Config) (*Sandbox, error) {
	if config.Now == nil {
		config.Now = time.Now
	}
	config.URL = strings.TrimRight(config.URL, "/")
	config.Site = strings.TrimRight(config.Site, "/")
	s := &Sandbox{
		config: config,
		worlds: map[string]*World{},
		wake:   make(chan struct{}, 1),
		client: newCallbackClient(),
	}
	if err := s.load(); err != nil {
		return nil, err
	}
	if s.first == "" {
		if err := s.begin(); err != nil {
			return nil, err
		}
	}
	s.front = newFront(s)
	return s, nil
}

// begin makes the keys and the default world of a new folder.
func (s *Sandbox) begin() error {
	keys, err := newKeyPair()
	if err != nil {
		return err
	}
	s.keys = keys
	w, err := s.addWorld()
	if err != nil {
		return err
	}
	s.first = w.credentials.AppID
	return s.save()
}

// Credentials are those of the default world, the one that `make run` and the phone show.
func (s *Sandbox) Credentials() Credentials { return s.World("").Credentials() }

// NewWorld makes a further world with ids of its own, so that tests can run beside each other.
func (s *Sandbox) NewWorld() Credentials {
	w, err := s.addWorld()
	if err != nil {
		panic(err) // encoding a key that we made ourselves cannot fail
	}
	return w.Credentials()
}

func (s *Sandbox) addWorld() (*World, error) {
	credentials, err := newCredentials(s.keys)
	if err != nil {
		return nil, err
	}
	w := &World{sandbox: s, credentials: credentials, data: newWorldData(credentials, s.config)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.worlds[credentials.AppID] = w
	s.changed()
	return w, nil
}

// World finds a world by appid; "" is the default world; nil if there is none.
func (s *Sandbox) World(appID string) *World {
	s.mu.Lock()
	defer s.mu.Unlock()
	if appID == "" {
		appID = s.first
	}
	return s.worlds[appID]
}

// Worlds lists all worlds, in no order.
func (s *Sandbox) Worlds() []*World {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]*World, 0, len(s.worlds))
	for _, w := range s.worlds {
		list = append(list, w)
	}
	return list
}

func (s *Sandbox) find(match func(Credentials) bool) *World {
	for _, w := range s.Worlds() {
		if match(w.credentials) {
			return w
		}
	}
	return nil
}

// changed marks the state as unsaved and wakes the deliveries.
func (s *Sandbox) changed() {
	s.dirty.Store(true)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// ServeHTTP answers as the vendor whose host is asked for; every other host is the sandbox itself:
// its controls, WeChat's browser pages, and the phone.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 12<<20)
	host, ok := vendorHost(r)
	if !ok {
		s.serveSelf(w, r)
		return
	}
	switch serviceOf(host) {
	case "oa":
		s.serveAccount(w, r)
	case "open":
		s.serveOpen(w, r)
	case "mp":
		s.serveScene(w, r)
	case "pay":
		s.servePay(w, r)
	default:
		s.serveCloud(w, r, host)
	}
}

func (s *Sandbox) serveSelf(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.isFrame(r):
		s.front.ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, "/_sandbox/"):
		s.serveControl(w, r)
	case strings.HasPrefix(r.URL.Path, "/open/"):
		http.StripPrefix("/open", http.HandlerFunc(s.serveOpen)).ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, "/h5pay"):
		s.serveH5(w, r)
	default:
		s.front.ServeHTTP(w, r)
	}
}

// Run delivers what the vendors send on their own (pay notices, message events) and keeps the state saved,
// until the context ends; then it saves once more.
func (s *Sandbox) Run(ctx context.Context) error {
	deliveries := time.NewTicker(50 * time.Millisecond)
	defer deliveries.Stop()
	saves := time.NewTicker(time.Second)
	defer saves.Stop()
	var running sync.WaitGroup
	defer running.Wait()
	for {
		select {
		case <-ctx.Done():
			return s.saveIfDirty()
		case <-saves.C:
			if s.saveIfDirty() != nil {
				s.dirty.Store(true) // a full disk must not stop the deliveries; the last save tells
			}
		case <-deliveries.C:
			s.deliver(ctx, &running)
		case <-s.wake:
			s.deliver(ctx, &running)
		}
	}
}
