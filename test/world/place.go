package world

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

func secret(s string) enroll.Secret { return enroll.Secret(s) }

// openKeys makes a key file, so that another process can share this world's data.
func (w *World) openKeys(t testing.TB) *store.Keys {
	t.Helper()
	file := filepath.Join(w.folder, "keys.json")
	must(t, store.InitKeys(file))
	keys, err := store.LoadKeys(file)
	must(t, err)
	return keys
}

// openStore opens a database that nobody else uses: a file of SQLite, or one on the server of XINSHENG_TEST_MYSQL.
func (w *World) openStore(t testing.TB, keys *store.Keys) *store.Store {
	t.Helper()
	if server := os.Getenv("XINSHENG_TEST_MYSQL"); server != "" {
		w.database = store.Config{Driver: "mysql", DSN: secret(borrowDatabase(t, server))}
	} else {
		w.database = store.Config{Driver: "sqlite", DSN: secret(copyBlank(t, w.folder))}
	}
	st, err := store.Open(context.Background(), w.database, keys)
	must(t, err)
	t.Cleanup(func() { st.Close() })
	return st
}

// openKV opens the embedded Redis, or starts a real one of its own where XINSHENG_TEST_REDIS is set.
func (w *World) openKV(t testing.TB) *store.KV {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var cfg store.KVConfig
	if os.Getenv("XINSHENG_TEST_REDIS") != "" {
		w.redis = startRedis(t)
		cfg.Addresses = []string{w.redis}
	}
	kv, err := store.OpenKV(ctx, cfg)
	must(t, err)
	done := make(chan struct{})
	go func() {
		kv.Run(ctx)
		close(done)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		kv.Close()
	})
	return kv
}

func startRedis(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	must(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 2000 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return address
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal(fmt.Errorf("redis-server does not answer on %s", address))
	return ""
}

// Exec does to the database what nothing in the program would, as somebody with its password could.
func (w *World) Exec(t testing.TB, query string) {
	t.Helper()
	db, err := sql.Open(w.database.Driver, w.database.DSN.Raw())
	must(t, err)
	defer db.Close()
	_, err = db.Exec(query)
	must(t, err)
}
