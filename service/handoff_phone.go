package service

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

// Handed is a handoff as the phone has it: on whose behalf, and what for.
type Handed struct {
	enroll.Handoff
	Visit *Visit
	// ticket and token are the digests by which KV knows this phone and this handoff.
	ticket, token string
}

// claimHandoff connects a phone, in one step that no other phone can come between.
const claimHandoff = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] or redis.call('HGET', KEYS[1], 'state') ~= 'waiting' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'connected', 'ticket', ARGV[2], 'expires', ARGV[3])
return 1`

// OpenHandoff connects the first phone that brings a token, and gives the ticket
// that its session keeps; a phone that holds the ticket already keeps it (a page
// killed by the camera comes back). Every later phone is refused (handoff_taken).
func (s *Service) OpenHandoff(ctx context.Context, token, ticket, address string) (string, error) {
	if err := s.mayGuess(ctx, address); err != nil {
		return "", err
	}
	hash := s.blind("handoff", token)
	login, err := s.loginOfToken(ctx, hash)
	if err != nil {
		return "", err
	}
	if login == "" {
		if err := s.missed(ctx, address); err != nil {
			return "", err
		}
		return "", enroll.Fail("handoff_unknown")
	}
	k, err := s.keptHandoff(ctx, login)
	switch {
	case enroll.ReasonOf(err) == "handoff_over" || err == nil && k.token != hash:
		return "", enroll.Fail("handoff_unknown")
	case err != nil:
		return "", err
	case k.ticket != "" && k.ticket == s.blind("handoff", ticket):
		return ticket, nil
	case k.State == enroll.HandConnected || k.State == enroll.HandDone:
		return "", enroll.Fail("handoff_taken")
	case k.State != enroll.HandWaiting:
		return "", enroll.Fail("handoff_unknown")
	}
	return s.claimHandoff(ctx, login, hash)
}

func (s *Service) claimHandoff(ctx context.Context, login, hash string) (string, error) {
	if _, err := s.Visit(ctx, login, "", ""); err != nil {
		return "", ended(err)
	}
	ticket := login + "." + rand.Text()
	until := s.Now().Add(enroll.HandoffStay).UnixMilli()
	won, err := redis.NewScript(claimHandoff).Run(ctx, s.KV, []string{handoffKey(login)}, hash, s.blind("handoff", ticket), until).Int()
	if err != nil {
		return "", err
	}
	if won == 0 {
		return "", enroll.Fail("handoff_taken")
	}
	return ticket, nil
}

// ended is how the phone hears that the PC has logged out: it has no login of its own to renew.
func ended(err error) error {
	if enroll.ReasonOf(err) == "not_logged_in" {
		return enroll.Fail("handoff_over").Because(err)
	}
	return err
}

// Handed loads the handoff of a phone's ticket, whatever its state; handoff_over
// for a ticket that holds no longer, and once the PC has logged out.
func (s *Service) Handed(ctx context.Context, ticket, address, device string) (Handed, error) {
	login, _, _ := strings.Cut(ticket, ".")
	k, err := s.keptHandoff(ctx, login)
	if err != nil {
		return Handed{}, err
	}
	digest := s.blind("handoff", ticket)
	if k.ticket == "" || k.ticket != digest {
		return Handed{}, enroll.Fail("handoff_over")
	}
	v, err := s.Visit(ctx, login, address, device)
	return Handed{Handoff: k.Handoff, Visit: v, ticket: digest, token: k.token}, ended(err)
}

// allows says whether this phone may do such a job now.
func (h Handed) allows(job enroll.HandoffJob) error {
	if h.Job != job {
		return enroll.Fail("handoff_job", h.Job.Name())
	}
	if h.State != enroll.HandConnected {
		return enroll.Fail("handoff_over")
	}
	return nil
}

// HandFace compares the face photographed on the phone; a pass is the PC's login's own.
func (s *Service) HandFace(ctx context.Context, h Handed, photo []byte) error {
	if err := h.allows(enroll.HandCamera); err != nil {
		return err
	}
	if err := s.CheckFace(ctx, h.Visit, photo); err != nil {
		return err
	}
	return s.endHandoff(ctx, h.Login, enroll.HandDone, h.ticket, nil)
}

// HandArchive archives the face photographed on the phone, for review by staff.
func (s *Service) HandArchive(ctx context.Context, h Handed, photo []byte) error {
	if err := h.allows(enroll.HandCamera); err != nil {
		return err
	}
	if err := s.ArchiveFace(ctx, h.Visit, photo); err != nil {
		return err
	}
	return s.endHandoff(ctx, h.Login, enroll.HandDone, h.ticket, nil)
}

// HandFile keeps one file that was taken or picked on the phone; more may follow until FinishHandoff.
func (s *Service) HandFile(ctx context.Context, h Handed, body []byte) error {
	if err := h.allows(enroll.HandFiles); err != nil {
		return err
	}
	kind := enroll.ApplicationKind(h.Target)
	_, application := kind.Rule()
	var err error
	switch {
	case application:
		err = s.AttachToApplication(ctx, h.Visit, kind, body)
	case h.Target == enroll.HandForCorrection:
		err = s.holdFile(ctx, h, body)
	default:
		err = s.Attach(ctx, h.Visit, h.Target, body)
	}
	if err != nil {
		return err
	}
	return redis.NewScript(countFile).Run(ctx, s.KV, []string{handoffKey(h.Login)}, h.ticket).Err()
}

// holdFile keeps a file until the PC's page takes it, which hands it in with the
// rest. One that nobody takes, or that another replaces, is an orphan for the sweep.
func (s *Service) holdFile(ctx context.Context, h Handed, body []byte) error {
	clean, err := s.Pictures.Clean(ctx, enroll.CorrectionPaper(h.Visit.Intake.Settings), body)
	if err != nil {
		return err
	}
	name, err := s.Files.Put(ctx, clean.Body)
	if err != nil {
		return err
	}
	return redis.NewScript(holdFile).Run(ctx, s.KV, []string{handoffKey(h.Login)}, h.ticket, name, clean.Mime).Err()
}

const holdFile = `
if redis.call('HGET', KEYS[1], 'ticket') ~= ARGV[1] then return 0 end
return redis.call('HSET', KEYS[1], 'file', ARGV[2], 'mime', ARGV[3])`

// HandedKind says which files the phone is asked for.
func (s *Service) HandedKind(h Handed) (enroll.AttachmentKind, error) {
	kind := enroll.ApplicationKind(h.Target)
	if _, application := kind.Rule(); application {
		return enroll.ApplicationPaper(h.Visit.Intake.Settings, kind, "", false), nil
	}
	if h.Target == enroll.HandForCorrection {
		return enroll.CorrectionPaper(h.Visit.Intake.Settings), nil
	}
	return enroll.FindKind(attachmentKinds(h.Visit), h.Target)
}

// countFile tells the PC that there is one more, unless its page has begun another handoff.
const countFile = `
if redis.call('HGET', KEYS[1], 'ticket') ~= ARGV[1] then return 0 end
return redis.call('HINCRBY', KEYS[1], 'files', 1)`

// HandSignature keeps, sealed, what was written on the phone until the PC takes
// it; an empty pad and a mere dot are refused as on the PC.
func (s *Service) HandSignature(ctx context.Context, h Handed, dataURL string) error {
	if err := h.allows(enroll.HandSignature); err != nil {
		return err
	}
	if err := s.mayHandOver(ctx, h.Visit, h.Handoff); err != nil {
		return err
	}
	strokes, err := s.signature(ctx, dataURL)
	if err != nil {
		return err
	}
	picture, err := pngBytes(strokes)
	if err != nil {
		return err
	}
	sealed := s.Store.Keys().Seal("kv", "handoff", h.token, picture)
	return s.endHandoff(ctx, h.Login, enroll.HandDone, h.ticket, sealed)
}

// FinishHandoff ends the picking of files on the phone (完成).
func (s *Service) FinishHandoff(ctx context.Context, h Handed) error {
	if err := h.allows(enroll.HandFiles); err != nil {
		return err
	}
	return s.endHandoff(ctx, h.Login, enroll.HandDone, h.ticket, nil)
}

// LeaveHandoff ends the handoff from the phone (取消); the PC is told.
func (s *Service) LeaveHandoff(ctx context.Context, h Handed) error {
	return s.endHandoff(ctx, h.Login, enroll.HandCancelled, h.ticket, nil)
}
