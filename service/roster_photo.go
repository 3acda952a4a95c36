package service

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"xinsheng/enroll"
)

// The bounds of a ZIP of photos: its size, how many entries it has, and what one of them unfolds to at most.
const (
	PhotoPackBytes = 2 << 30
	packEntries    = 200_000
	entryBytes     = 2 << 20
	photoChunk     = 100
)

const jobPhotos enroll.JobKind = "roster_photos"

// photoTask says which ZIP a job brings into which intake.
type photoTask struct {
	Intake string `json:"intake"`
	File   string `json:"file"`
}

// photoKind is what an admission's picture has to be: readable, of any size.
var photoKind = enroll.AttachmentKind{Key: "roster_photo", Accept: []string{enroll.MimeJPEG, enroll.MimePNG}}

// UploadPhotos keeps a ZIP of photos named by 考生号 and begins to match them (录取照片导入).
func (s *Service) UploadPhotos(ctx context.Context, d *Duty, intakeID, name string, body io.Reader) (enroll.Job, error) {
	intake, err := s.Store.Intake(ctx, intakeID)
	if err != nil {
		return enroll.Job{}, err
	}
	file, err := s.KeepUpload(ctx, body, PhotoPackBytes)
	if err != nil {
		return enroll.Job{}, err
	}
	return s.StartJob(ctx, d, jobPhotos, "导入照片："+name, photoTask{Intake: intake.ID, File: file})
}

// photosJob matches the pictures of a ZIP with the registrations of an intake;
// what does not fit is a failure of the job. It may begin anew: a picture that is kept already is left alone.
func (s *Service) photosJob(ctx context.Context, run *jobRun) error {
	var task photoTask
	if err := errors.Join(run.params(&task), run.anew(ctx)); err != nil {
		return err
	}
	file, err := s.openLarge(ctx, task.File)
	if err != nil {
		return err
	}
	pack, err := zip.NewReader(file, file.Size())
	if err != nil {
		return enroll.Fail("zip_file").Because(err)
	}
	if len(pack.File) > packEntries {
		return enroll.Fail("zip_entries", packEntries)
	}
	match := &photoMatch{service: s, run: run, intake: task.Intake, seen: map[string]bool{}}
	entries := pictures(pack.File)
	for done := 0; done < len(entries); done += photoChunk {
		if err := run.progress(ctx, done, len(entries)); err != nil {
			return err
		}
		if err := match.chunk(ctx, entries[done:min(done+photoChunk, len(entries))]); err != nil {
			return err
		}
	}
	if err := run.progress(ctx, len(entries), len(entries)); err != nil {
		return err
	}
	return s.Store.ExpireFile(ctx, task.File)
}

// pictures leaves out folders and what archivers of other systems add.
func pictures(files []*zip.File) []*zip.File {
	var list []*zip.File
	for _, f := range files {
		name := path.Base(entryName(f))
		if f.FileInfo().IsDir() || strings.HasPrefix(entryName(f), "__MACOSX/") || strings.HasPrefix(name, ".") || strings.EqualFold(name, "Thumbs.db") {
			continue
		}
		list = append(list, f)
	}
	return list
}

// entryName is a name in the archive with the separators of this world; only its last part is ever used, and never as a path.
func entryName(f *zip.File) string { return strings.ReplaceAll(f.Name, "\\", "/") }

// photoMatch matches pictures with registrations by 考生号.
type photoMatch struct {
	service *Service
	run     *jobRun
	intake  string
	seen    map[string]bool
}

func (m *photoMatch) chunk(ctx context.Context, entries []*zip.File) error {
	var examNos []string
	for _, f := range entries {
		if examNo := examNoOf(f); examNo != "" {
			examNos = append(examNos, examNo)
		}
	}
	list, err := m.service.Store.RegistrationsByExamNo(ctx, m.intake, examNos)
	if err != nil {
		return err
	}
	byExamNo, ids := map[string]string{}, make([]string, len(list))
	for i, r := range list {
		byExamNo[r.ExamNo], ids[i] = r.ID, r.ID
	}
	kept, err := m.service.Store.RosterPhotos(ctx, ids)
	if err != nil {
		return err
	}
	for _, f := range entries {
		registration := byExamNo[examNoOf(f)]
		if err := m.one(ctx, f, registration, kept[registration]); err != nil {
			return err
		}
	}
	return nil
}

// examNoOf reads the 考生号 out of 26320100000101.jpg; of another name it is "".
func examNoOf(f *zip.File) string {
	name := path.Base(entryName(f))
	number, ending, _ := strings.Cut(name, ".")
	switch strings.ToLower(ending) {
	case "jpg", "jpeg", "png":
		return strings.TrimSpace(number)
	}
	return ""
}

// one keeps a picture, or records why it cannot be kept.
func (m *photoMatch) one(ctx context.Context, f *zip.File, registration string, former enroll.RosterPhoto) error {
	examNo, why := examNoOf(f), error(nil)
	switch {
	case examNo == "":
		why = enroll.Fail("photo_name")
	case registration == "":
		why = enroll.Fail("photo_unknown")
	case m.seen[examNo]:
		why = enroll.Fail("photo_twice")
	default:
		m.seen[examNo] = true
		why = m.service.keepPhoto(ctx, f, registration, former)
	}
	var known *enroll.Error
	if why != nil && !errors.As(why, &known) {
		return fmt.Errorf("photo %s: %w", registration, why)
	}
	if why == nil {
		return context.Cause(ctx)
	}
	return m.run.failure(ctx, head(path.Base(entryName(f)), 100), why)
}

func (s *Service) keepPhoto(ctx context.Context, f *zip.File, registration string, former enroll.RosterPhoto) error {
	body, err := readEntry(f)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	if former.SourceHash == hash {
		return nil
	}
	picture, err := s.Pictures.Clean(ctx, photoKind, body)
	if err != nil {
		return err
	}
	object, err := s.Files.Put(ctx, picture.Body)
	if err != nil {
		return err
	}
	err = s.Store.SaveRosterPhoto(ctx, enroll.RosterPhoto{
		Registration: registration, Object: object, SourceHash: hash, Bytes: len(picture.Body), Width: picture.Width, Height: picture.Height, CreatedAt: s.Now(),
	})
	if err != nil {
		s.forget(ctx, object)
		return err
	}
	if former.Object != "" {
		s.forget(ctx, former.Object)
	}
	return nil
}

// readEntry unfolds one entry, whatever its header says of its size.
func readEntry(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > entryBytes {
		return nil, enroll.Fail("photo_large")
	}
	entry, err := f.Open()
	if err != nil {
		return nil, enroll.Fail("upload_broken").Because(err)
	}
	defer entry.Close()
	body, err := io.ReadAll(io.LimitReader(entry, entryBytes+1))
	switch {
	case err != nil:
		return nil, enroll.Fail("upload_broken").Because(err)
	case len(body) > entryBytes:
		return nil, enroll.Fail("photo_large")
	}
	return body, nil
}
