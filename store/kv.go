package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

// KV keeps what may be lost at the price of a new login: sessions, codes,
// OAuth states, rate counters, the WeChat token. It is always Redis.
type KV struct {
	redis.UniversalClient
	embedded *miniredis.Miniredis
}

// KVConfig says which Redis to use; without addresses one runs inside the process (first runs, small colleges).
type KVConfig struct {
	Addresses []string      `koanf:"addresses"`
	Username  string        `koanf:"username"`
	Password  enroll.Secret `koanf:"password"`
	// Master names the Sentinel master.
	Master string `koanf:"master"`
}

// OpenKV connects to Redis, or starts the embedded one.
func OpenKV(ctx context.Context, cfg KVConfig) (*KV, error) {
	kv := &KV{}
	if len(cfg.Addresses) == 0 {
		kv.embedded = miniredis.NewMiniRedis()
		cfg.Password = enroll.Secret(rand.Text())
		kv.embedded.RequireAuth(cfg.Password.Raw())
		if err := kv.embedded.StartAddr("127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("start embedded redis: %w", err)
		}
		cfg.Addresses = []string{kv.embedded.Addr()}
	}
	kv.UniversalClient = redis.NewUniversalClient(&redis.UniversalOptions{
		Addrs: cfg.Addresses, Username: cfg.Username, Password: cfg.Password.Raw(), MasterName: cfg.Master,
		DialTimeout: time.Second, ReadTimeout: 500 * time.Millisecond, WriteTimeout: 500 * time.Millisecond,
		PoolTimeout: time.Second, MaxRetries: 2, ContextTimeoutEnabled: true, MaxRedirects: 3,
	})
	if err := kv.Ping(ctx).Err(); err != nil {
		kv.Close()
		return nil, fmt.Errorf("reach redis: %w", err)
	}
	return kv, nil
}

// Embedded says that this KV lives in the process and forgets at a restart.
func (kv *KV) Embedded() bool { return kv.embedded != nil }

// Run lets the keys of the embedded Redis grow old, until ctx ends.
func (kv *KV) Run(ctx context.Context) error {
	if kv.embedded == nil {
		<-ctx.Done()
		return nil
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			kv.embedded.FastForward(now.Sub(last))
			last = now
		}
	}
}

// Close ends the connections and the embedded Redis.
func (kv *KV) Close() error {
	err := kv.UniversalClient.Close()
	if kv.embedded != nil {
		kv.embedded.Close()
	}
	return err
}
