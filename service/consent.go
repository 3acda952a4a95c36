package service

import "context"

func (s *Service) consentGiven(ctx context.Context, v *Visit) (given, agreed bool, err error) {
	return false, false, nil
}
