package service_test

import (
	"testing"

	"xinsheng/enroll"
	"xinsheng/test/world"
)

func TestImportStaffIsAllOrNothing(t *testing.T) {
	w := world.New(t)
	ctx, s, d := t.Context(), w.Service, w.Duty(t, enroll.RoleAdmin)
	wrong := "姓名,账号,角色,教学点代码\n甲老师,jia,教学点,01\n乙老师,yi,教学点,99\n丙老师,jia,学籍,\n丁老师,ding,校长,\n"
	rows, err := s.ImportStaff(ctx, d, []byte(wrong))
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, bad := range []bool{false, true, true, true} {
		if (rows[i].Problem != "") != bad || rows[i].First != "" {
			t.Errorf("row %d: %q", rows[i].No, rows[i].Problem)
		}
	}
	if _, err := s.Store.StaffByAccount(ctx, "jia"); enroll.CodeOf(err) != enroll.NotFound {
		t.Errorf("an account was made beside wrong ones: %v", err)
	}
	rows, err = s.ImportStaff(ctx, d, []byte("\ufeff账号*,姓名*,角色*,教学点代码\njia,甲老师,教学点,01\nyi,乙老师,registrar,\n"))
	if err != nil || len(rows) != 2 || rows[0].First == "" || rows[0].First == rows[1].First {
		t.Fatalf("%v, %v", rows, err)
	}
	made, err := s.Store.StaffByAccount(ctx, "jia")
	if err != nil || made.Role != enroll.RoleClerk || made.Point != "01" || made.ExpiresAt.Before(w.Clock.Now().AddDate(0, 11, 0)) {
		t.Errorf("made %+v, %v", made, err)
	}
	if _, err := s.ImportStaff(ctx, d, []byte("a,b\n1,2\n")); enroll.ReasonOf(err) != "staff_import_columns" {
		t.Errorf("without our headings: %v", err)
	}
}

// TestInterruptedImportOfStaffIsRepeated: nobody's leaving cuts the making off, and the same table makes what is missing.
func TestInterruptedImportOfStaffIsRepeated(t *testing.T) {
	w := world.New(t)
	ctx, s, d := t.Context(), w.Service, w.Duty(t, enroll.RoleAdmin)
	head, first, second := "账号,姓名,角色,教学点代码\n", "jia,甲老师,教学点,01\n", "yi,乙老师,学籍,\n"
	if _, err := s.ImportStaff(ctx, d, []byte(head+first)); err != nil {
		t.Fatal(err)
	}
	rows, err := s.ImportStaff(ctx, d, []byte(head+first+second))
	if err != nil || len(rows) != 2 || !rows[0].Stands || rows[0].First != "" || rows[0].Problem != "" || rows[1].First == "" {
		t.Fatalf("%+v, %v", rows, err)
	}
	for _, other := range []string{"jia,别人,教学点,01\n", "jia,甲老师,教学点,02\n", first + first} {
		rows, err := s.ImportStaff(ctx, d, []byte(head+other))
		if err != nil || rows[len(rows)-1].Problem == "" {
			t.Errorf("%q passes: %+v, %v", other, rows, err)
		}
	}
}
