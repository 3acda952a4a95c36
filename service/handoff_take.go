package service

import (
	"context"
	"encoding/base64"

	"xinsheng/enroll"
)

// HandedSignature gives the PC, once, what was written on the phone: the same
// data URL that its own pad would have made.
func (s *Service) HandedSignature(ctx context.Context, login string) (dataURL string, err error) {
	k, err := s.finished(ctx, login, "handoff_signature")
	if err != nil {
		return "", err
	}
	if len(k.signature) == 0 {
		return "", enroll.Fail("handoff_signature")
	}
	picture, err := s.Store.Keys().Open("kv", "handoff", k.token, k.signature)
	if err != nil {
		return "", err
	}
	return pngDataURL + base64.StdEncoding.EncodeToString(picture), s.takeOnce(ctx, login, "signature", "handoff_signature")
}

// HandedFile gives the PC, once, the file that its page hands in with the rest (the proof of a correction).
func (s *Service) HandedFile(ctx context.Context, login string) (dataURL string, err error) {
	k, err := s.finished(ctx, login, "handoff_file")
	if err != nil {
		return "", err
	}
	if k.file == "" {
		return "", enroll.Fail("handoff_file")
	}
	body, err := s.Files.Get(ctx, k.file)
	if err != nil {
		return "", err
	}
	if err := s.takeOnce(ctx, login, "file", "handoff_file"); err != nil {
		return "", err
	}
	if err := s.Files.Delete(ctx, k.file); err != nil {
		s.Log.Warn("a handed file is left to the sweep", "error", err)
	}
	return "data:" + k.mime + ";base64," + base64.StdEncoding.EncodeToString(body), nil
}

// finished is a handoff that the phone has ended by doing its job.
func (s *Service) finished(ctx context.Context, login string, none enroll.Reason) (keptHandoff, error) {
	k, err := s.keptHandoff(ctx, login)
	if err == nil && k.State != enroll.HandDone {
		err = enroll.Fail(none)
	}
	return k, err
}

// takeOnce takes what waits for the PC away; of two pages that take at once, one gets it.
func (s *Service) takeOnce(ctx context.Context, login, field string, none enroll.Reason) error {
	gone, err := s.KV.HDel(ctx, handoffKey(login), field).Result()
	if err == nil && gone == 0 {
		err = enroll.Fail(none)
	}
	return err
}
