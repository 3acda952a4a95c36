package store

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"xinsheng/enroll"
)

// TestFilesKeepTheirContract runs on the folder, and on a bucket where XINSHENG_TEST_S3 names a server.
func TestFilesKeepTheirContract(t *testing.T) {
	t.Run("folder", func(t *testing.T) { filesContract(t, FilesConfig{}) })
	if server := os.Getenv("XINSHENG_TEST_S3"); server != "" {
		t.Run("bucket", func(t *testing.T) { filesContract(t, madeBucket(t, server)) })
	}
}

// madeBucket makes a bucket of its own on the tests' server; its keys are those of test/services.sh.
func madeBucket(t *testing.T, server string) FilesConfig {
	t.Helper()
	cfg := FilesConfig{Endpoint: server, Bucket: "files", Region: "us-east-1", AccessKey: "xinsheng", SecretKey: "xinsheng-test"}
	b, err := openBucket(cfg)
	if err != nil {
		t.Fatal(err)
	}
	err = b.client.MakeBucket(t.Context(), cfg.Bucket, minio.MakeBucketOptions{Region: cfg.Region})
	if code := minio.ToErrorResponse(err).Code; err != nil && code != "BucketAlreadyOwnedByYou" {
		t.Fatal(err)
	}
	return cfg
}

func filesContract(t *testing.T, cfg FilesConfig) {
	ctx := t.Context()
	keys := NewKeys()
	files, err := OpenFiles(cfg, t.TempDir(), keys)
	if err != nil {
		t.Fatal(err)
	}
	face := bytes.Repeat([]byte{0xFF, 0xD8, 'x'}, 100_000)
	name, err := files.Put(ctx, face)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := files.Get(ctx, name); err != nil || !bytes.Equal(found, face) {
		t.Fatalf("read back %d bytes, %v", len(found), err)
	}
	sealed, err := files.objects.get(ctx, name)
	if err != nil || bytes.Contains(sealed, []byte{0xFF, 0xD8, 'x', 0xFF}) {
		t.Fatalf("what lies outside can be read: %v", err)
	}
	other, err := files.Put(ctx, []byte("other"))
	if err != nil {
		t.Fatal(err)
	}
	if err := files.objects.put(ctx, other, sealed); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Get(ctx, other); err == nil {
		t.Fatal("an object under another's name was opened")
	}
	if !slices.Contains(named(t, files, time.Now().Add(time.Hour)), name) || slices.Contains(named(t, files, time.Now().Add(-time.Hour)), name) {
		t.Fatal("each does not go by time")
	}
	for range 2 {
		if err := files.Delete(ctx, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := files.Get(ctx, name); enroll.CodeOf(err) != enroll.NotFound {
		t.Fatalf("after deletion: %v", err)
	}
	if _, err := files.Get(ctx, "../keys.json"); enroll.CodeOf(err) != enroll.NotFound {
		t.Fatalf("a name that is none: %v", err)
	}
	if err := files.Delete(ctx, other); err != nil {
		t.Fatal(err)
	}
}

func named(t *testing.T, files *Files, before time.Time) (all []string) {
	t.Helper()
	err := files.Each(context.Background(), before, func(names []string) error { all = append(all, names...); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}
