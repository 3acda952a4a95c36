package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"xinsheng/enroll"
)

// folder keeps objects as files of a local folder, spread over subfolders by the first two letters.
type folder struct{ dir string }

func openFolder(dir string) (folder, error) {
	return folder{dir}, os.MkdirAll(dir, 0o700)
}

func (f folder) path(name string) string { return filepath.Join(f.dir, name[:2], name) }

func (f folder) put(_ context.Context, name string, body []byte) error {
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeDurably(path, body)
}

func (f folder) get(_ context.Context, name string) ([]byte, error) {
	body, err := os.ReadFile(f.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, enroll.Fail("not_found").Because(err)
	}
	return body, err
}

func (f folder) delete(_ context.Context, name string) error {
	err := os.Remove(f.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (f folder) each(ctx context.Context, before time.Time, fn func(names []string) error) error {
	folders, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, sub := range folders {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := os.ReadDir(filepath.Join(f.dir, sub.Name()))
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
		if len(names) == 0 {
			continue
		}
		if err := fn(names); err != nil {
			return err
		}
	}
	return nil
}

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
