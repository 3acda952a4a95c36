package service

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"xinsheng/enroll"
)

// versionsShown is how many changes of an intake its history lists.
const versionsShown = 200

// HistoryLine is one change of an intake: when, by whom, on which page, and what became what (修改记录).
type HistoryLine struct {
	At      time.Time
	By      string
	Page    string
	Title   string
	Changes []enroll.SettingChange
}

// IntakeHistory lists the last changes of an intake: settings, texts, points, programs and prices, the newest first.
func (s *Service) IntakeHistory(ctx context.Context, id string) ([]HistoryLine, error) {
	var lines []HistoryLine
	for _, part := range []func(context.Context, string) ([]HistoryLine, error){s.settingHistory, s.textHistory, s.placeHistory} {
		more, err := part(ctx, id)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	slices.SortStableFunc(lines, func(a, b HistoryLine) int { return cmp.Compare(b.At.UnixMilli(), a.At.UnixMilli()) })
	return lines[:min(len(lines), versionsShown)], nil
}

func (s *Service) settingHistory(ctx context.Context, id string) ([]HistoryLine, error) {
	versions, err := s.Store.IntakeVersions(ctx, id, versionsShown+1)
	var lines []HistoryLine
	for i, v := range versions {
		if i+1 == len(versions) {
			break
		}
		title := v.Section.Name()
		if v.Section == "" {
			title = "批次文件"
		}
		lines = append(lines, HistoryLine{v.At, v.By, string(v.Section), title, v.Intake.Changes(versions[i+1].Intake)})
	}
	return lines, err
}

func (s *Service) textHistory(ctx context.Context, id string) ([]HistoryLine, error) {
	versions, err := s.Store.TextVersions(ctx, id)
	var lines []HistoryLine
	for i, v := range versions {
		former := enroll.Text{}
		if i+1 < len(versions) && versions[i+1].Kind == v.Kind {
			former = versions[i+1]
		}
		if former.Version == 0 && v.Version == 1 {
			continue // the text with which the intake was made
		}
		lines = append(lines, HistoryLine{v.At, cmp.Or(v.By, byHand), "notice", v.Kind.Name(), textChanges(former, v)})
	}
	return lines, err
}

func textChanges(from, to enroll.Text) []enroll.SettingChange {
	var list []enroll.SettingChange
	for _, part := range []struct{ name, from, to string }{{"标题", from.Title, to.Title}, {"正文", from.Body, to.Body}} {
		if part.from != part.to {
			list = append(list, change(part.name, strings.Split(part.from, "\n"), strings.Split(part.to, "\n")))
		}
	}
	return list
}

func change(key string, from, to any) enroll.SettingChange {
	before, _ := json.Marshal(from)
	after, _ := json.Marshal(to)
	return enroll.SettingChange{Key: key, From: string(before), To: string(after)}
}

func (s *Service) placeHistory(ctx context.Context, id string) ([]HistoryLine, error) {
	changes, err := s.Store.PlaceChanges(ctx, id, versionsShown)
	lines := make([]HistoryLine, len(changes))
	for i, c := range changes {
		lines[i] = HistoryLine{c.At, c.By, string(c.Kind), c.Kind.Name(), []enroll.SettingChange{change(c.Subject, c.Before, c.After)}}
	}
	return lines, err
}
