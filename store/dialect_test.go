package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"xinsheng/enroll"
)

// A data folder may have any name: nothing of it ends the database's address early.
func TestDatabaseLiesWhereItIsSaid(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "新生 100%25 #1?")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "xinsheng.db")
	s, err := Open(context.Background(), Config{Driver: "sqlite", DSN: enroll.Secret(file)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}
