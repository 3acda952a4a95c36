package service

import "context"

func (s *Service) sectionsComplete(ctx context.Context, v *Visit) (basic, family, education bool, err error) {
	return false, false, false, nil
}
