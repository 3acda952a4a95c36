package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// rosterChunk is how many lines one transaction takes.
const rosterChunk = 500

// Progress tells how far a long command is.
type Progress func(done, total int)

// RosterPlan is a staged import: its figures, and headings of the file that were not understood.
type RosterPlan struct {
	Import  enroll.RosterImport
	Ignored []string
}

// StageRoster reads a roster file and judges every line against what stands,
// without changing any registration (试运行).
func (s *Service) StageRoster(ctx context.Context, intake enroll.Intake, file string, body []byte, progress Progress) (RosterPlan, error) {
	in := enroll.RosterImport{ID: s.Store.NewID(), Intake: intake.ID, File: tail(file, 200), FileHash: FileHash(body), CreatedAt: s.Now()}
	if err := s.Store.AddRosterImport(ctx, in); err != nil {
		return RosterPlan{}, err
	}
	return s.readImport(ctx, in, intake, tableOf(body), progress)
}

// readImport reads and judges the file of an import that stands in the state staging.
func (s *Service) readImport(ctx context.Context, in enroll.RosterImport, intake enroll.Intake, file *io.SectionReader, progress Progress) (RosterPlan, error) {
	place, err := s.rosterPlace(ctx, intake)
	if err != nil {
		return RosterPlan{}, err
	}
	staging := &rosterStaging{service: s, place: place, seen: enroll.RosterSeen{}, progress: progress, in: in, expected: expectedRows(file)}
	header, err := readRoster(file, func(read tableLine, cells enroll.RosterCells) error { return staging.line(ctx, read, cells) })
	if err == nil {
		err = staging.flush(ctx)
	}
	if err != nil {
		return RosterPlan{}, err
	}
	staging.in.Ignored = head(strings.Join(header.Ignored, "、"), 500)
	if err := s.Store.StagedRoster(ctx, staging.in); err != nil {
		return RosterPlan{}, err
	}
	in, err = s.Store.RosterImport(ctx, in.ID)
	return RosterPlan{Import: in, Ignored: header.Ignored}, err
}

// tail is the end of a text, head its begin, of at most n characters.
func tail(text string, n int) string {
	letters := []rune(text)
	return string(letters[max(0, len(letters)-n):])
}

func head(text string, n int) string {
	letters := []rune(text)
	return string(letters[:min(n, len(letters))])
}

// FileHash tells one file from another (SHA-256 in hex).
func FileHash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func (s *Service) rosterPlace(ctx context.Context, intake enroll.Intake) (p enroll.RosterPlace, err error) {
	p.At, p.Intake = s.Now(), intake
	if p.Points, err = s.Store.Points(ctx, intake.ID); err != nil {
		return p, err
	}
	if p.Programs, err = s.Store.Programs(ctx, intake.ID); err != nil {
		return p, err
	}
	p.Tuitions, err = s.Store.Tuitions(ctx, intake.ID)
	return p, err
}

// rosterStaging is the reading of one file.
type rosterStaging struct {
	service  *Service
	place    enroll.RosterPlace
	seen     enroll.RosterSeen
	in       enroll.RosterImport
	waiting  []enroll.RosterLine
	progress Progress
	expected int
}

func (j *rosterStaging) line(ctx context.Context, read tableLine, cells enroll.RosterCells) error {
	line := enroll.RosterLine{No: read.no, Cells: cells}
	line.Entry, line.Refusals, line.Flags = j.place.ReadEntry(cells)
	line.Refusals = append(line.Refusals, j.seen.Twice(read.no, line.Entry)...)
	if read.hidden {
		line.Flags = append(line.Flags, enroll.NoteOn("name", enroll.Fail("roster_hidden")))
	}
	j.waiting = append(j.waiting, line)
	if len(j.waiting) < rosterChunk {
		return nil
	}
	return j.flush(ctx)
}

// flush judges and keeps the lines that wait.
func (j *rosterStaging) flush(ctx context.Context) error {
	known, err := knowRoster(ctx, j.service.Store, j.place.Intake.ID, j.waiting)
	if err != nil {
		return err
	}
	for i := range j.waiting {
		line := &j.waiting[i]
		line.Registration = known.judge(j.place, line).registration.ID
		j.in.Count(line.Verdict)
	}
	err = j.service.Store.InTx(ctx, func(tx *store.Store) error { return tx.AddRosterLines(ctx, j.in.ID, j.waiting) })
	j.waiting = j.waiting[:0]
	j.progress(j.in.Total, j.expected)
	return err
}
