package service

import (
	"archive/zip"
	"context"
	"io"

	"xinsheng/enroll"
)

// photoPack is a ZIP of pictures named by a number; who has no picture, or no such number, is noted.
type photoPack struct {
	ctx     context.Context
	service *Service
	order   ExportOrder
	note    Note
	w       *zip.Writer
}

func newPhotoPack(ctx context.Context, s *Service, o ExportOrder, to io.Writer, note Note) *photoPack {
	return &photoPack{ctx, s, o, note, zip.NewWriter(to)}
}

func (p *photoPack) rows(rows []enroll.ExportRow) error {
	objects, err := p.objects(rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		name, object := p.name(r), objects[r.Registration.ID]
		switch {
		case object == "":
			err = p.note(p.ctx, r.Registration.ExamNo+" "+r.Registration.Name, enroll.Fail("export_photo"))
		case name == "":
			err = p.note(p.ctx, r.Registration.ExamNo+" "+r.Registration.Name, enroll.Fail("export_number"))
		default:
			err = p.add(name, object)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// objects names the pictures of some registrations: the admission's, or those that students handed in.
func (p *photoPack) objects(rows []enroll.ExportRow) (map[string]string, error) {
	ids, objects := make([]string, len(rows)), map[string]string{}
	for i, r := range rows {
		ids[i] = r.Registration.ID
	}
	if p.order.Photos == PhotosOfRoster {
		photos, err := p.service.Store.RosterPhotos(p.ctx, ids)
		for id, photo := range photos {
			objects[id] = photo.Object
		}
		return objects, err
	}
	files, err := p.service.Store.AttachmentsOfKind(p.ctx, enroll.Portrait, ids)
	for id, file := range files {
		objects[id] = file.Object
	}
	return objects, err
}

func (p *photoPack) name(r enroll.ExportRow) string {
	switch p.order.NameBy {
	case "number":
		return r.Number
	case "id_number":
		return r.Student.IDNumber.Raw()
	}
	return r.Registration.ExamNo
}

func (p *photoPack) add(name, object string) error {
	body, err := p.service.Files.Get(p.ctx, object)
	if err != nil {
		return err
	}
	// Pictures are compressed already.
	entry, err := p.w.CreateHeader(&zip.FileHeader{Name: name + ".jpg", Method: zip.Store, Modified: p.service.Now()})
	if err != nil {
		return err
	}
	_, err = entry.Write(body)
	return err
}

func (p *photoPack) end(whole bool) error {
	if !whole {
		return nil
	}
	return p.w.Close()
}
