package store

import (
	"context"
	"encoding/json"
	"fmt"

	"xinsheng/enroll"
)

type intakeVersionRow struct {
	ID        string `db:"id"`
	Intake    string `db:"intake_id"`
	Version   int    `db:"version"`
	At        int64  `db:"at"`
	ChangedBy string `db:"changed_by"`
	Section   string `db:"section"`
	Content   string `db:"content"`
}

// AddIntakeVersion keeps an intake as a change leaves it, in the transaction of the change.
func (s *Store) AddIntakeVersion(ctx context.Context, v enroll.IntakeVersion) error {
	content, err := json.Marshal(v.Intake)
	if err != nil {
		return err
	}
	return s.insert(ctx, "intake_version", intakeVersionRow{
		ID: s.newID(), Intake: v.Intake.ID, Version: v.Intake.Version, At: millis(v.At), ChangedBy: v.By, Section: string(v.Section), Content: string(content),
	})
}

// IntakeVersions lists the last versions of an intake, the newest first.
func (s *Store) IntakeVersions(ctx context.Context, intake string, limit int) ([]enroll.IntakeVersion, error) {
	var rows []intakeVersionRow
	if err := s.list(ctx, &rows, `SELECT * FROM intake_version WHERE intake_id = ? ORDER BY version DESC LIMIT ?`, intake, limit); err != nil {
		return nil, err
	}
	list := make([]enroll.IntakeVersion, len(rows))
	for i, r := range rows {
		list[i] = enroll.IntakeVersion{At: moment(r.At), By: r.ChangedBy, Section: enroll.SettingSection(r.Section)}
		if err := json.Unmarshal([]byte(r.Content), &list[i].Intake); err != nil {
			return nil, fmt.Errorf("version %d of intake %s: %w", r.Version, intake, err)
		}
	}
	return list, nil
}
