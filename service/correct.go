package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"xinsheng/enroll"
	"xinsheng/store"
)

// makeWay closes the order that could still be paid, before its price changes
// or the form goes back; money that comes first stands, and is looked at
// against the new price.
func (s *Service) makeWay(ctx context.Context, c enroll.Correction) error {
	field, err := enroll.FindCorrectionField(c.Field)
	if err != nil || !field.Priced() && field.Widget != "document" {
		return err
	}
	err = s.noLiveOrder(ctx, c.Registration)
	if errors.Is(err, enroll.Fail("already_paid")) {
		return nil
	}
	return err
}

// correct puts one fact right inside tx, with everything that follows from it.
func (s *Service) correct(ctx context.Context, tx *store.Store, r enroll.Registration, c enroll.Correction, d Decision) error {
	field, err := enroll.FindCorrectionField(c.Field)
	if err != nil {
		return err
	}
	if err := s.holdCorrected(ctx, tx, c); err != nil {
		return err
	}
	after := c.Apply(r)
	if err := tx.CorrectRegistration(ctx, after, s.Now()); err != nil {
		return err
	}
	after.Version++
	if err := s.correctStudent(ctx, tx, field, c, r); err != nil {
		return err
	}
	d.Reason = strings.TrimSuffix(fmt.Sprintf("%s：%s → %s；%s", field.Label, c.FromText, c.ToText, d.Reason), "；")
	e := d.event()
	e.Registration, e.At, e.Event, e.From, e.To, e.By = r.ID, s.Now(), eventCorrectionGranted, r.Status, r.Status, enroll.ByRegistrar
	e.Reason = clip(e.Reason, 500)
	if err := tx.AddEvent(ctx, e); err != nil {
		return err
	}
	if err := s.followForm(ctx, tx, field, after, d); err != nil {
		return err
	}
	return s.followPrice(ctx, tx, field, r.ID, c)
}

// correctStudent changes what stands with the person: the name, and the
// document, which nobody else may have.
func (s *Service) correctStudent(ctx context.Context, tx *store.Store, field enroll.CorrectionField, c enroll.Correction, r enroll.Registration) error {
	switch field.Widget {
	case "name":
		return tx.RenameStudent(ctx, r.Student, c.To)
	case "document":
		return correctDocument(ctx, tx, c, r.Student)
	}
	return nil
}

func correctDocument(ctx context.Context, tx *store.Store, c enroll.Correction, id string) error {
	student, err := tx.Student(ctx, id)
	if err != nil {
		return err
	}
	other, err := tx.StudentByDocument(ctx, c.IDType, enroll.IDNumber(c.To))
	if err == nil && other.ID != student.ID {
		return enroll.Fail("correction_document")
	}
	if err != nil && enroll.CodeOf(err) != enroll.NotFound {
		return err
	}
	err = tx.ChangeDocument(ctx, student, c.IDType, enroll.IDNumber(c.To))
	if tx.IsTaken(err) {
		return enroll.Fail("correction_document").Because(err)
	}
	return err
}

// followForm lets the form follow a fact on which the way depends: the student
// looks at the facts again and signs anew; a form that was handed in and lacks
// something by the new level or document goes back for just that.
func (s *Service) followForm(ctx context.Context, tx *store.Store, field enroll.CorrectionField, r enroll.Registration, d Decision) error {
	switch {
	case !field.Blocks:
		return nil
	case r.Status.Editable():
		if err := s.voidSignature(ctx, tx, r); err != nil {
			return err
		}
		return tx.SetStamp(ctx, r.ID, store.StampIdentity, noTime)
	case r.Status != enroll.Submitted && r.Status != enroll.Payable:
		return nil
	}
	v, err := s.matterOf(ctx, r.ID)
	if err != nil {
		return err
	}
	missing, err := s.missing(ctx, v, field)
	if err != nil || len(missing) == 0 {
		return err
	}
	d.Reason = returnText(missing)
	if _, err := s.transition(ctx, tx, v.Registration, enroll.EventSendBack, false, d.event()); err != nil {
		return err
	}
	return s.returnTo(ctx, tx, v.Registration, missing)
}

// missing names what a handed-in form lacks since a fact has changed; what is changed at a level with a commitment is signed anew.
func (s *Service) missing(ctx context.Context, v *Visit, field enroll.CorrectionField) ([]enroll.ReturnItem, error) {
	err := s.formDone(ctx, v)
	if err == nil || enroll.CodeOf(err) == enroll.Internal {
		return nil, err
	}
	sections, err := s.reviewSections(ctx, v)
	if err != nil {
		return nil, err
	}
	targets := map[string]bool{"commitment": v.Program.Level.NeedsProof()}
	for _, section := range sections {
		for _, problem := range section.Problems {
			targets[returnTarget(section.Key, problem.Field)] = true
		}
	}
	var items []enroll.ReturnItem
	for _, target := range enroll.ReturnTargets {
		if targets[target.Item] {
			items = append(items, enroll.ReturnItem{Item: target.Item, Reason: field.Label + "已更正，请按更正后的信息补充"})
		}
	}
	return items, nil
}

// returnTarget is the item of the form in which a problem is mended.
func returnTarget(section, field string) string {
	item := section
	if section == "attachments" {
		item, _, _ = strings.Cut(field, ".")
	}
	if target, ok := enroll.FindReturnTarget(item); ok {
		return target.Item
	}
	return enroll.ProofFiles
}

// followPrice lets the bill follow program and point: its version changes with
// its items, what was paid stays paid, and money on a bill of another amount
// waits for finance. A registered student's bill stays as it was settled.
func (s *Service) followPrice(ctx context.Context, tx *store.Store, field enroll.CorrectionField, registration string, c enroll.Correction) error {
	bill, err := tx.Bill(ctx, registration)
	if !field.Priced() || enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	v, err := s.matterOf(ctx, registration)
	if err != nil {
		return err
	}
	items, err := s.quote(ctx, v)
	if err != nil {
		return err
	}
	before, total := bill.TotalFen, totalOf(items)
	if total == before {
		return nil
	}
	if err := s.refuseLiveOrder(ctx, tx, registration); err != nil {
		return err
	}
	registered := v.Registration.Status == enroll.Registered
	if !registered {
		if bill, err = s.freezeBill(ctx, tx, registration, items); err != nil {
			return err
		}
	}
	if bill.PaidFen > 0 || registered {
		detail := fmt.Sprintf("%s更正，应缴由 %s 元改为 %s 元，已缴 %s 元", field.Label, enroll.Yuan(before), enroll.Yuan(total), enroll.Yuan(bill.PaidFen))
		_, err := s.openCase(ctx, tx, enroll.Case{Kind: enroll.CaseBillChanged, Registration: registration, Bill: bill.ID, Detail: detail}, c.ID)
		return err
	}
	if v.Registration.Status == enroll.Payable && bill.Covered() {
		_, err = s.advance(ctx, tx, v.Registration, enroll.EventSettle, true, enroll.RegistrationEvent{})
	}
	return err
}

func totalOf(items []enroll.BillItem) (fen int64) {
	for _, item := range items {
		fen += item.AmountFen
	}
	return fen
}
