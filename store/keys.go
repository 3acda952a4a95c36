package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Keys seals personal data (AES-256-GCM) and finds it by blind index
// (HMAC-SHA256); every key of the file derives its own keys by purpose.
type Keys struct {
	current uint32
	fields  map[uint32]cipher.AEAD
	index   []byte
}

// keyFile is the JSON on disk; it is the one secret that a backup must keep apart from the data.
type keyFile struct {
	Current uint32            `json:"current"`
	Keys    map[uint32]string `json:"keys"`
	Index   string            `json:"index"`
}

// ErrNoKeys says that the key file is missing; `xinsheng keys init` makes one.
var ErrNoKeys = errors.New("key file is missing: run `xinsheng keys init`, or restore it from your backup if data exists already")

// InitKeys makes a new key file (mode 0600) and refuses where one stands.
func InitKeys(path string) error {
	file := keyFile{Current: 1, Keys: map[uint32]string{1: randomKey()}, Index: randomKey()}
	body, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(body); err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(f.Sync(), f.Close())
}

// LoadKeys reads the key file and refuses one that others may read.
func LoadKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, ErrNoKeys)
	}
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others (mode %o): chmod 600", path, info.Mode().Perm())
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file keyFile
	if err := json.Unmarshal(body, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file.derive()
}

// NewKeys makes keys that live in memory only, for tests.
func NewKeys() *Keys {
	keys, err := keyFile{Current: 1, Keys: map[uint32]string{1: randomKey()}, Index: randomKey()}.derive()
	if err != nil {
		panic(err)
	}
	return keys
}

func (f keyFile) derive() (*Keys, error) {
	k := &Keys{current: f.Current, fields: map[uint32]cipher.AEAD{}}
	for id, text := range f.Keys {
		key, err := derived(text, "fields")
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", id, err)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		if k.fields[id], err = cipher.NewGCM(block); err != nil {
			return nil, err
		}
	}
	if k.fields[k.current] == nil {
		return nil, fmt.Errorf("key file has no key %d", k.current)
	}
	index, err := derived(f.Index, "index")
	k.index = index
	return k, err
}

func derived(text, purpose string) ([]byte, error) {
	master, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(master) != 32 {
		return nil, errors.New("is not 32 bytes of base64")
	}
	return hkdf.Key(sha256.New, master, nil, "xinsheng "+purpose, 32)
}

func randomKey() string {
	key := make([]byte, 32)
	rand.Read(key)
	return base64.StdEncoding.EncodeToString(key)
}

// Seal encrypts one cell; it opens only in the same table, column and row.
func (k *Keys) Seal(table, column, id string, plain []byte) []byte {
	aead := k.fields[k.current]
	out := make([]byte, 5, 5+12+len(plain)+aead.Overhead())
	out[0] = 1
	binary.BigEndian.PutUint32(out[1:], k.current)
	nonce := make([]byte, 12)
	rand.Read(nonce)
	out = append(out, nonce...)
	return aead.Seal(out, nonce, plain, []byte(table+"|"+column+"|"+id))
}

// Open decrypts a cell that Seal made for the same place.
func (k *Keys) Open(table, column, id string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	if len(sealed) < 17 || sealed[0] != 1 {
		return nil, fmt.Errorf("%s.%s of %s is no sealed cell", table, column, id)
	}
	aead := k.fields[binary.BigEndian.Uint32(sealed[1:])]
	if aead == nil {
		return nil, fmt.Errorf("%s.%s of %s: key is not in the key file", table, column, id)
	}
	plain, err := aead.Open(nil, sealed[5:17], sealed[17:], []byte(table+"|"+column+"|"+id))
	if err != nil {
		return nil, fmt.Errorf("%s.%s of %s does not open: %w", table, column, id, err)
	}
	return plain, nil
}

// Index is the blind index of a value: the same value gives the same 16 bytes, and nothing can be read from them.
func (k *Keys) Index(purpose, value string) []byte {
	h := hmac.New(sha256.New, k.index)
	h.Write([]byte(purpose + "\x00" + value))
	return h.Sum(nil)[:16]
}

// mac proves that bytes were written by this program: 32 bytes that nobody without the keys can make.
func (k *Keys) mac(purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, k.index)
	h.Write([]byte("mac\x00" + purpose + "\x00"))
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// sealText seals a text, and leaves an empty one NULL.
func (k *Keys) sealText(table, column, id, text string) []byte {
	if text == "" {
		return nil
	}
	return k.Seal(table, column, id, []byte(text))
}

func (k *Keys) openText(table, column, id string, sealed []byte) (string, error) {
	plain, err := k.Open(table, column, id, sealed)
	return string(plain), err
}

// indexText is the blind index of a text, and NULL for an empty one.
func (k *Keys) indexText(purpose, value string) []byte {
	if value == "" {
		return nil
	}
	return k.Index(purpose, value)
}
