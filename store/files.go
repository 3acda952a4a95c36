package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"xinsheng/enroll"
)

// Files keeps pictures and papers as encrypted objects with random names in a local folder.
type Files struct {
	dir  string
	keys *Keys
}

var objectName = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// OpenFiles uses a folder, and makes it where it is missing.
func OpenFiles(dir string, keys *Keys) (*Files, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files folder: %w", err)
	}
	return &Files{dir: dir, keys: keys}, nil
}

// Dir is the folder that holds the objects, for backups and checks.
func (f *Files) Dir() string { return f.dir }

// Put encrypts and keeps an object and gives its name; it is on disk before the row that names it.
func (f *Files) Put(ctx context.Context, plain []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	name := rand.Text()
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	if err := writeDurably(path, f.keys.Seal("file", "content", name, plain)); err != nil {
		return "", fmt.Errorf("keep object: %w", err)
	}
	return name, nil
}

// Get decrypts an object; a name that stands for none is not_found.
func (f *Files) Get(ctx context.Context, name string) ([]byte, error) {
	if !objectName.MatchString(name) {
		return nil, enroll.Fail("not_found")
	}
	sealed, err := os.ReadFile(f.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, enroll.Fail("not_found").Because(err)
	}
	if err != nil {
		return nil, err
	}
	return f.keys.Open("file", "content", name, sealed)
}

// Delete takes an object away; a missing one is no error.
func (f *Files) Delete(ctx context.Context, name string) error {
	if !objectName.MatchString(name) {
		return nil
	}
	err := os.Remove(f.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Each gives the names of all objects that were kept before a moment, folder by
// folder, so that the caller can ask for each handful whether a row names them.
func (f *Files) Each(ctx context.Context, before time.Time, fn func(names []string) error) error {
	folders, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := os.ReadDir(filepath.Join(f.dir, folder.Name()))
		if err != nil {
			return err
		}
		var names []string
		for _, e := range entries {
			info, err := e.Info()
			if err == nil && objectName.MatchString(e.Name()) && info.ModTime().Before(before) {
				names = append(names, e.Name())
			}
		}
		if len(names) > 0 {
			if err := fn(names); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *Files) path(name string) string { return filepath.Join(f.dir, name[:2], name) }

func writeDurably(path string, body []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(body); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
