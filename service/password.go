package service

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"

	"xinsheng/enroll"
)

// The costs of argon2id for new passwords: 19 MiB, two passes, one thread (reliability §3.3).
const (
	passwordMemory  = 19 << 10
	passwordPasses  = 2
	passwordThreads = 1
	passwordBytes   = 32
)

// Passwords hashes passwords of staff, a few at once, since each takes 19 MiB.
type Passwords struct{ slots chan struct{} }

// NewPasswords lets so many be hashed at the same time.
func NewPasswords(atOnce int) *Passwords { return &Passwords{slots: make(chan struct{}, atOnce)} }

// Hash makes what is kept of a password, with its costs and salt.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := p.derive(ctx, password, salt, passwordMemory, passwordPasses, passwordThreads)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(passwordFormat, passwordMemory, passwordPasses, passwordThreads, encode(salt), encode(key)), nil
}

const passwordFormat = "argon2id %d %d %d %s %s"

// Matches says whether a password is the one that a hash was made of; with an
// empty hash it takes the same time and says no, so that nobody learns which accounts stand.
func (p *Passwords) Matches(ctx context.Context, hash, password string) (bool, error) {
	memory, passes, threads := uint32(passwordMemory), uint32(passwordPasses), uint8(passwordThreads)
	salt, key := make([]byte, 16), make([]byte, passwordBytes)
	if hash != "" {
		var err error
		if salt, key, err = parseHash(hash, &memory, &passes, &threads); err != nil {
			return false, err
		}
	}
	got, err := p.derive(ctx, password, salt, memory, passes, threads)
	return err == nil && hash != "" && subtle.ConstantTimeCompare(got, key) == 1, err
}

func parseHash(hash string, memory, passes *uint32, threads *uint8) (salt, key []byte, err error) {
	var salted, keyed string
	if _, err = fmt.Sscanf(hash, passwordFormat, memory, passes, threads, &salted, &keyed); err != nil {
		return nil, nil, fmt.Errorf("hash of a password: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(salted); err != nil {
		return nil, nil, fmt.Errorf("salt of a password: %w", err)
	}
	key, err = base64.RawStdEncoding.DecodeString(keyed)
	return salt, key, err
}

func (p *Passwords) derive(ctx context.Context, password string, salt []byte, memory, passes uint32, threads uint8) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		return argon2.IDKey([]byte(password), salt, passes, memory, threads, passwordBytes), nil
	case <-ctx.Done():
		return nil, enroll.Fail("busy").Because(ctx.Err())
	}
}
