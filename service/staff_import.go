package service

import (
	"context"
	"strings"

	"xinsheng/enroll"
)

// StaffImportMost is how many accounts one file may hold: each first password takes its time to be hashed.
const StaffImportMost = 200

// StaffRow is one account of an imported table: what is wrong with it, or its first password.
type StaffRow struct {
	No    int
	Staff enroll.Staff
	// Problem is what is wrong with the row, in words; "" where nothing is.
	Problem string
	First   enroll.Secret
	// Stands says that this very account was made before and never entered (已存在).
	Stands bool
}

// staffHeadings are the columns of the table, by their headings.
var staffHeadings = map[string]func(p *enroll.Staff, cell string){
	"账号": func(p *enroll.Staff, cell string) { p.Account = cell },
	"姓名": func(p *enroll.Staff, cell string) { p.Name = cell },
	"角色": func(p *enroll.Staff, cell string) {
		p.Role = enroll.Role(cell) // parseStaff refuses one that is none
		if role, ok := enroll.RoleNamed(cell); ok {
			p.Role = role
		}
	},
	"教学点代码": func(p *enroll.Staff, cell string) { p.Point = cell },
}

// ImportStaff makes the accounts of a table (批量建账号), xlsx or csv with the
// headings 账号, 姓名, 角色 and 教学点代码; one wrong row and none is made. What
// an interrupted import made stands, and passes. Rows beside an error tell what was made.
func (s *Service) ImportStaff(ctx context.Context, d *Duty, file []byte) ([]StaffRow, error) {
	rows, err := s.readStaff(ctx, file)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Problem != "" {
			return rows, nil
		}
	}
	return rows, s.makeStaff(context.WithoutCancel(ctx), d, rows)
}

// makeStaff makes the accounts that do not stand yet, also where nobody listens
// any more. Each stands by itself: after an error the rows tell what was made,
// and the same table makes the rest.
func (s *Service) makeStaff(ctx context.Context, d *Duty, rows []StaffRow) error {
	for i := range rows {
		if rows[i].Stands {
			continue
		}
		made, first, err := s.AddStaff(ctx, d, rows[i].Staff)
		if err != nil {
			for j := i; j < len(rows); j++ {
				rows[j].Problem = "没有建成，请用同一张表再导入一次。"
			}
			return err
		}
		rows[i].Staff, rows[i].First = made, first
	}
	return nil
}

func (s *Service) readStaff(ctx context.Context, file []byte) ([]StaffRow, error) {
	if err := wholeTable(file); err != nil {
		return nil, err
	}
	var heads []string
	var rows []StaffRow
	err := readTable(tableOf(file), func(line tableLine) error {
		if heads == nil {
			heads = staffColumns(line.cells)
			return nil
		}
		if len(rows) == StaffImportMost {
			return enroll.Fail("staff_import_most", StaffImportMost)
		}
		if strings.TrimSpace(strings.Join(line.cells, "")) != "" && !line.hidden {
			rows = append(rows, StaffRow{No: line.no, Staff: staffOf(heads, line.cells)})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || strings.Join(heads, "") == "" {
		return nil, enroll.Fail("staff_import_columns")
	}
	return rows, s.checkStaff(ctx, rows)
}

// staffColumns reads the line of headings; what is none of ours stays unread.
func staffColumns(cells []string) []string {
	heads := make([]string, len(cells))
	for i, cell := range cells {
		name := strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")), "*")
		if _, ok := staffHeadings[name]; ok {
			heads[i] = name
		}
	}
	return heads
}

func staffOf(heads, cells []string) (p enroll.Staff) {
	for i, cell := range cells {
		if i < len(heads) && heads[i] != "" {
			staffHeadings[heads[i]](&p, strings.TrimSpace(cell))
		}
	}
	return p
}

// checkStaff finds what is wrong with each row, before anything is made.
func (s *Service) checkStaff(ctx context.Context, rows []StaffRow) error {
	seen := map[string]bool{}
	for i := range rows {
		p, err := s.parseStaff(ctx, rows[i].Staff)
		if rows[i].Staff = p; err == nil {
			var former enroll.Staff
			former, err = s.Store.StaffByAccount(ctx, p.Account)
			switch {
			case err == nil && !seen[p.Account] && s.neverEntered(former, p):
				rows[i].Stands = true
			case err == nil || seen[p.Account]:
				err = enroll.FailField("account", "staff_account_taken")
			case enroll.CodeOf(err) == enroll.NotFound:
				err = nil
			}
		}
		if err != nil && enroll.CodeOf(err) == enroll.Internal {
			return err
		}
		seen[p.Account], rows[i].Problem = true, sentence(err)
	}
	return nil
}

// neverEntered says that an account stands as a row wants it, and waits for its first login.
func (s *Service) neverEntered(former, p enroll.Staff) bool {
	same := former.Name == p.Name && former.Role == p.Role && former.Point == p.Point
	return same && former.SeenAt.IsZero() && former.State(s.Now()) == enroll.StaffNew
}
