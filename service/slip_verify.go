package service

import (
	"context"

	"xinsheng/enroll"
)

// SlipProof is what anybody may learn from a slip's code: the masked name and
// the number's last four. Valid says that the registration stands.
type SlipProof struct {
	School string
	Name   string
	Number string
	Intake string
	Valid  bool
}

// VerifySlip tells whether a slip (注册凭证) is good; not_found for a code that is on no slip.
func (s *Service) VerifySlip(ctx context.Context, code, address string) (SlipProof, error) {
	if err := s.mayGuess(ctx, address); err != nil {
		return SlipProof{}, err
	}
	id, err := s.Store.SlipOf(ctx, code)
	if enroll.CodeOf(err) == enroll.NotFound {
		if err := s.missed(ctx, address); err != nil {
			return SlipProof{}, err
		}
	}
	if err != nil {
		return SlipProof{}, err
	}
	r, err := s.Store.Registration(ctx, id)
	if err != nil {
		return SlipProof{}, err
	}
	intake, err := s.Store.Intake(ctx, r.Intake)
	if err != nil {
		return SlipProof{}, err
	}
	number, err := s.Store.Number(ctx, r.ID)
	runes := []rune(number)
	return SlipProof{
		School: intake.Settings.School, Intake: intake.Name, Name: enroll.MaskName(r.Name), Number: string(runes[max(0, len(runes)-4):]),
		Valid: r.Status == enroll.Registered && number != "",
	}, err
}
