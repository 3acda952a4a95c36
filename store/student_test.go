package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"xinsheng/enroll"
)

// A database that is opened with another key file is refused before anything is written with it.
func TestWrongKeysAreRefused(t *testing.T) {
	ctx, right := context.Background(), NewKeys()
	cfg := Config{Driver: "sqlite", DSN: enroll.Secret(filepath.Join(t.TempDir(), "keys.db"))}
	open := func(keys *Keys) *Store {
		s, err := Open(ctx, cfg, keys)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	s := open(right)
	if _, err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckKeys(ctx); err != nil {
		t.Errorf("an empty database: %v", err)
	}
	if err := s.AddStudent(ctx, enroll.Student{ID: s.NewID(), IDType: "id_card", IDNumber: "320102200703169961", Name: "张示例"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckKeys(ctx); err != nil {
		t.Errorf("the right keys: %v", err)
	}
	otherIndex := *right
	otherIndex.index = NewKeys().index
	for name, keys := range map[string]*Keys{"other keys": NewKeys(), "other index": &otherIndex} {
		if err := open(keys).CheckKeys(ctx); !errors.Is(err, ErrWrongKeys) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
