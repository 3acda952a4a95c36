package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"path"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"xinsheng/enroll"
)

// bucketBatch is how many names of a bucket are looked at together.
const bucketBatch = 500

// bucket keeps objects in an S3 service (对象存储); what leaves the process is sealed already.
type bucket struct {
	client *minio.Client
	name   string
}

func openBucket(cfg FilesConfig) (bucket, error) {
	u, err := url.Parse(cfg.Endpoint)
	if err != nil || u.Host == "" {
		return bucket{}, fmt.Errorf("endpoint %q is no address", cfg.Endpoint)
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(cfg.AccessKey, cfg.SecretKey.Raw(), ""),
		Secure: u.Scheme == "https", Region: cfg.Region, MaxRetries: 3,
	})
	return bucket{client: client, name: cfg.Bucket}, err
}

func (b bucket) key(name string) string { return name[:2] + "/" + name }

func (b bucket) put(ctx context.Context, name string, body []byte) error {
	_, err := b.client.PutObject(ctx, b.name, b.key(name), bytes.NewReader(body), int64(len(body)), minio.PutObjectOptions{ContentType: "application/octet-stream"})
	return err
}

func (b bucket) get(ctx context.Context, name string) ([]byte, error) {
	object, err := b.client.GetObject(ctx, b.name, b.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	defer object.Close()
	body, err := io.ReadAll(object)
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, enroll.Fail("not_found").Because(err)
	}
	return body, err
}

func (b bucket) delete(ctx context.Context, name string) error {
	return b.client.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{})
}

func (b bucket) each(ctx context.Context, before time.Time, fn func(names []string) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	names := make([]string, 0, bucketBatch)
	flush := func() error {
		if len(names) == 0 {
			return nil
		}
		err := fn(names)
		names = names[:0]
		return err
	}
	for object := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Recursive: true}) {
		if object.Err != nil {
			return object.Err
		}
		name := path.Base(object.Key)
		if !objectName.MatchString(name) || !object.LastModified.Before(before) {
			continue
		}
		if names = append(names, name); len(names) == bucketBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
