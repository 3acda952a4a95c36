package service

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

// A login has one handoff at a time, in one hash of KV: whatever happens to it
// is one script on one key. Beside it a token leads to the login. Token and
// ticket are kept as digests, so that nobody who reads KV can use them.
func handoffKey(login string) string  { return "handoff:" + login }
func handoffToken(hash string) string { return "handoff-token:" + hash }
func handoffID(hash string) string    { return hash[:16] }

// BeginHandoff makes the token by which a phone does one job for this login
// (手机继续办理); the login's former handoff ends. The job must be open to the login now.
func (s *Service) BeginHandoff(ctx context.Context, v *Visit, job enroll.HandoffJob, target string) (token string, h enroll.Handoff, err error) {
	h = enroll.Handoff{Login: v.Login.ID, Job: job, Target: target, State: enroll.HandWaiting, ExpiresAt: s.Now().Add(enroll.HandoffLife)}
	if err := s.mayHandOver(ctx, v, h); err != nil {
		return "", h, err
	}
	token = rand.Text()
	hash := s.blind("handoff", token)
	h.ID = handoffID(hash)
	pipe := s.KV.TxPipeline()
	pipe.Del(ctx, handoffKey(h.Login))
	pipe.HSet(ctx, handoffKey(h.Login), "token", hash, "job", string(job), "target", target,
		"state", string(h.State), "expires", h.ExpiresAt.UnixMilli(), "files", 0)
	pipe.Expire(ctx, handoffKey(h.Login), enroll.HandoffLife+enroll.HandoffStay)
	if _, err := pipe.Exec(ctx); err != nil {
		return "", h, err
	}
	return token, h, s.KV.Set(ctx, handoffToken(hash), h.Login, enroll.HandoffLife).Err()
}

// mayHandOver says whether this login may do the job itself now: a phone is never let do more.
func (s *Service) mayHandOver(ctx context.Context, v *Visit, h enroll.Handoff) error {
	kind := enroll.ApplicationKind(h.Target)
	_, application := kind.Rule()
	switch {
	case h.Job == enroll.HandCamera && h.Target == enroll.HandForFace:
		return s.mayOpen(ctx, v, enroll.StepFace)
	case h.Job == enroll.HandCamera && h.Target == enroll.HandForArchive:
		return s.mayArchive(ctx, v)
	case h.Job == enroll.HandSignature && h.Target == enroll.HandForCommitment:
		if !v.Program.Level.NeedsProof() {
			return enroll.Fail("commitment_not_asked")
		}
		return s.mayChange(ctx, v, h.Target)
	case h.Job == enroll.HandFiles && h.Target == enroll.HandForCorrection:
		return mayCorrect(v)
	case h.Job == enroll.HandFiles && !application:
		if _, err := enroll.FindKind(attachmentKinds(v), h.Target); err != nil {
			return err
		}
		return s.mayChange(ctx, v, h.Target)
	case application && (h.Job == enroll.HandFiles || h.Job == enroll.HandSignature):
		return s.mayApply(ctx, v, kind)
	}
	return enroll.Fail("bad_request")
}

// Handoff says how far a login's handoff has come; handoff_over where there is
// none. Pages ask it every few seconds, so it asks KV alone.
func (s *Service) Handoff(ctx context.Context, login string) (enroll.Handoff, error) {
	kept, err := s.keptHandoff(ctx, login)
	return kept.Handoff, err
}

// keptHandoff is what KV holds of a handoff.
type keptHandoff struct {
	enroll.Handoff
	token, ticket string
	signature     []byte
	// file names the object of a file that waits for the PC.
	file, mime string
}

func (s *Service) keptHandoff(ctx context.Context, login string) (k keptHandoff, err error) {
	row, err := s.KV.HGetAll(ctx, handoffKey(login)).Result()
	if err != nil {
		return k, err
	}
	if row["state"] == "" || len(row["token"]) < 16 {
		return k, enroll.Fail("handoff_over")
	}
	expires, err := strconv.ParseInt(row["expires"], 10, 64)
	if err != nil {
		return k, err
	}
	k = keptHandoff{token: row["token"], ticket: row["ticket"], signature: []byte(row["signature"]), file: row["file"], mime: row["mime"]}
	k.Handoff = enroll.Handoff{
		ID: handoffID(row["token"]), Login: login, Job: enroll.HandoffJob(row["job"]), Target: row["target"], State: enroll.HandoffState(row["state"]), ExpiresAt: time.UnixMilli(expires),
	}
	if !k.State.Ended() && !s.Now().Before(k.ExpiresAt) {
		k.State = enroll.HandExpired
	}
	k.Files, err = strconv.Atoi(row["files"])
	return k, err
}

// endHandoff moves a handoff out of the states waiting and connected, once;
// what has ended stays as it is. A phone names its ticket, and may leave a signature.
const endHandoff = `
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'waiting' and state ~= 'connected' then return 0 end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'ticket') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[1])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'signature', ARGV[3]) end
return 1`

func (s *Service) endHandoff(ctx context.Context, login string, to enroll.HandoffState, ticket string, signature []byte) error {
	return redis.NewScript(endHandoff).Run(ctx, s.KV, []string{handoffKey(login)}, string(to), ticket, signature).Err()
}

// CancelHandoff ends the login's handoff from the PC (取消); the phone is told.
func (s *Service) CancelHandoff(ctx context.Context, login string) error {
	return s.endHandoff(ctx, login, enroll.HandCancelled, "", nil)
}

// loginOfToken finds the login that made a token, or none.
func (s *Service) loginOfToken(ctx context.Context, hash string) (string, error) {
	login, err := s.KV.Get(ctx, handoffToken(hash)).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return login, err
}
