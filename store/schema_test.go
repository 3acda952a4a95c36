package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"xinsheng/enroll"
)

// column is what both dialects must agree on; types differ, whether a cell may be empty does not.
type column struct {
	Table    string `db:"t"`
	Name     string `db:"c"`
	Nullable bool   `db:"n"`
}

// key is a unique key by the columns that it holds.
type key struct {
	Table   string `db:"t"`
	Columns string `db:"c"`
}

func migrated(t *testing.T, cfg Config) *Store {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, cfg, NewKeys())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Migrate(ctx); err != nil || again != 0 {
		t.Fatalf("migrating again: %d %v", again, err)
	}
	if pending, err := s.Pending(ctx); err != nil || pending != 0 {
		t.Fatalf("%d pending, %v", pending, err)
	}
	return s
}

func sqliteStore(t *testing.T) *Store {
	return migrated(t, Config{Driver: "sqlite", DSN: enroll.Secret(filepath.Join(t.TempDir(), "schema.db"))})
}

// mysqlStore opens a database of its own on the server of XINSHENG_TEST_MYSQL, a DSN without a name.
func mysqlStore(t *testing.T, server string) *Store {
	t.Helper()
	db, err := sqlx.Open("mysql", server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("xs_schema_%d", os.Getpid())
	db.MustExec("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
	t.Cleanup(func() {
		db.Exec("DROP DATABASE " + name)
		db.Close()
	})
	return migrated(t, Config{Driver: "mysql", DSN: enroll.Secret(server + name)})
}

const (
	sqliteColumns = `SELECT m.name AS t, p.name AS c, p."notnull" = 0 AS n FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2`
	mysqlColumns = `SELECT table_name AS t, column_name AS c, is_nullable = 'YES' AS n FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%' ORDER BY 1, 2`
	sqliteKeys = `SELECT m.name AS t, group_concat(i.name) AS c FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
		WHERE m.type = 'table' AND l."unique" = 1 AND m.name NOT LIKE 'goose%' GROUP BY m.name, l.name`
	mysqlKeys = `SELECT table_name AS t, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS c FROM information_schema.statistics
		WHERE table_schema = DATABASE() AND non_unique = 0 AND table_name NOT LIKE 'goose%' GROUP BY table_name, index_name`
)

func columns(t *testing.T, s *Store, query string) []column {
	t.Helper()
	var list []column
	if err := s.write.Select(&list, query); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(list, func(a, b column) int { return strings.Compare(a.Table+"."+a.Name, b.Table+"."+b.Name) })
	return list
}

func keysOf(t *testing.T, s *Store, query string) []string {
	t.Helper()
	var list []key
	if err := s.write.Select(&list, query); err != nil {
		t.Fatal(err)
	}
	words := make([]string, len(list))
	for i, k := range list {
		words[i] = k.Table + "(" + k.Columns + ")"
	}
	slices.Sort(words)
	return words
}

func TestBothSchemasAreTheSame(t *testing.T) {
	lite := sqliteStore(t)
	if found := columns(t, lite, sqliteColumns); len(found) < 100 {
		t.Fatalf("only %d columns", len(found))
	}
	server := os.Getenv("XINSHENG_TEST_MYSQL")
	if server == "" {
		sameFiles(t)
		return
	}
	my := mysqlStore(t, server)
	if diff := cmp.Diff(columns(t, lite, sqliteColumns), columns(t, my, mysqlColumns)); diff != "" {
		t.Errorf("columns: - SQLite, + MySQL\n%s", diff)
	}
	if diff := cmp.Diff(keysOf(t, lite, sqliteKeys), keysOf(t, my, mysqlKeys)); diff != "" {
		t.Errorf("unique keys: - SQLite, + MySQL\n%s", diff)
	}
}

// sameFiles compares the migrations by name, for a run without a server.
func sameFiles(t *testing.T) {
	t.Helper()
	var lists [2][]string
	for i, d := range []string{"mysql", "sqlite"} {
		files, err := filepath.Glob("../sql/" + d + "/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			lists[i] = append(lists[i], filepath.Base(f))
		}
	}
	if diff := cmp.Diff(lists[0], lists[1]); diff != "" {
		t.Errorf("migrations: - MySQL, + SQLite\n%s", diff)
	}
}

// Every cell that holds personal data is sealed: written with a known value, the database file does not hold it.
func TestNothingPersonalIsReadable(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "sealed.db")
	s := migrated(t, Config{Driver: "sqlite", DSN: enroll.Secret(file)})
	const number, phone, birth = "320102200703169961", "13900000001", "2007-03-16"
	now := moment(1)
	st := enroll.Student{ID: s.NewID(), IDType: enroll.IDCard, IDNumber: number, Name: "张示例", Phone: phone}
	r := enroll.Registration{
		ID: s.NewID(), Intake: s.NewID(), Student: st.ID, Program: s.NewID(), Point: s.NewID(), BirthDate: birth, RosterPhone: phone,
		Status: enroll.Open, Face: enroll.FaceAsked,
	}
	in := enroll.RosterImport{ID: s.NewID(), Intake: r.Intake}
	line := enroll.RosterLine{No: 1, Verdict: enroll.RosterNew, Cells: enroll.RosterCells{"id_number": number, "phone": phone, "birth_date": birth}}
	for _, err := range []error{s.AddStudent(ctx, st, now), s.AddRegistration(ctx, r, now), s.AddRosterImport(ctx, in), s.AddRosterLines(ctx, in.ID, []enroll.RosterLine{line})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if read, err := s.StudentByDocument(ctx, enroll.IDCard, number); err != nil || read.IDNumber != number || read.Phone != phone {
		t.Fatalf("%+v %v", read, err)
	}
	for _, name := range []string{file, file + "-wal"} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{number, phone, birth} {
			if strings.Contains(string(body), secret) {
				t.Errorf("%s holds %s", filepath.Base(name), secret)
			}
		}
	}
}
