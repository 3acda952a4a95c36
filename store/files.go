package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"time"

	"xinsheng/enroll"
)

// Files keeps pictures and papers as encrypted objects with random names, in a
// local folder or in the bucket of an S3 service.
type Files struct {
	objects objects
	keys    *Keys
	place   string
}

// Place says where files lie, in words.
func (f *Files) Place() string { return f.place }

// objects is where sealed bytes lie by name: a folder, or a bucket. A put is
// durable when it returns; get of a name that stands for none is not_found;
// delete of a missing one is no error; each gives the names of what was put
// before a moment, a handful at a time. One test holds both to this.
type objects interface {
	put(ctx context.Context, name string, body []byte) error
	get(ctx context.Context, name string) ([]byte, error)
	delete(ctx context.Context, name string) error
	each(ctx context.Context, before time.Time, fn func(names []string) error) error
}

// FilesConfig says where files lie: in the data folder, or in a bucket of any S3 service.
type FilesConfig struct {
	// Endpoint is the service's address, as https://cos.ap-guangzhou.myqcloud.com; empty keeps files in the data folder.
	Endpoint  string        `koanf:"endpoint"`
	Bucket    string        `koanf:"bucket"`
	Region    string        `koanf:"region"`
	AccessKey string        `koanf:"access_key"`
	SecretKey enroll.Secret `koanf:"secret_key"`
}

var objectName = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// OpenFiles uses the configured bucket, or a folder, which it makes where it is missing.
func OpenFiles(cfg FilesConfig, dir string, keys *Keys) (*Files, error) {
	var lies objects
	var err error
	if cfg.Endpoint != "" {
		lies, err = openBucket(cfg)
	} else {
		lies, err = openFolder(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	place := "本机文件夹 " + dir
	if cfg.Endpoint != "" {
		place = "对象存储 " + cfg.Bucket
	}
	return &Files{objects: lies, keys: keys, place: place}, nil
}

// Put encrypts and keeps an object and gives its name; it is durable before the row that names it.
func (f *Files) Put(ctx context.Context, plain []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	name := rand.Text()
	if err := f.objects.put(ctx, name, f.keys.Seal("file", "content", name, plain)); err != nil {
		return "", fmt.Errorf("keep object: %w", err)
	}
	return name, nil
}

// Get decrypts an object; a name that stands for none is not_found.
func (f *Files) Get(ctx context.Context, name string) ([]byte, error) {
	if !objectName.MatchString(name) {
		return nil, enroll.Fail("not_found")
	}
	sealed, err := f.objects.get(ctx, name)
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
	return f.objects.delete(ctx, name)
}

// Each gives the names of all objects that were kept before a moment, a handful
// at a time, so that the caller can ask whether a row names them.
func (f *Files) Each(ctx context.Context, before time.Time, fn func(names []string) error) error {
	return f.objects.each(ctx, before, fn)
}
