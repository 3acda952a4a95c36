package world

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"xinsheng/store"
)

// Every test has a database without a row and with all tables; the migrations
// run once for each database, not for each test.

// blank is a file of SQLite after all migrations.
var blank = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "xinsheng-blank")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "blank.db")
	if err := migrate(store.Config{Driver: "sqlite", DSN: secret(file)}); err != nil {
		return nil, err
	}
	if left, err := os.Stat(file + "-wal"); err == nil && left.Size() > 0 {
		return nil, fmt.Errorf("the blank database is not whole: %d bytes in its log", left.Size())
	}
	return os.ReadFile(file)
})

func migrate(cfg store.Config) error {
	ctx := context.Background()
	st, err := store.Open(ctx, cfg, store.NewKeys())
	if err != nil {
		return err
	}
	defer st.Close()
	_, err = st.Migrate(ctx)
	return err
}

func copyBlank(t testing.TB, folder string) string {
	t.Helper()
	whole, err := blank()
	must(t, err)
	file := filepath.Join(folder, "test.db")
	must(t, os.WriteFile(file, whole, 0o600))
	return file
}

// borrowed is a database on the server of XINSHENG_TEST_MYSQL; one test at a time has it.
type borrowed struct {
	name string
	// conn holds the server's lock on the name as long as this process lives.
	conn   *sql.Conn
	tables []string
}

// returned are the databases of this process that no test has now.
var returned struct {
	sync.Mutex
	list []*borrowed
}

// borrowDatabase gives the DSN of an empty database until the test ends; server is a DSN without a name: root@tcp(127.0.0.1:3306)/
func borrowDatabase(t testing.TB, server string) string {
	t.Helper()
	var b *borrowed
	returned.Lock()
	if last := len(returned.list) - 1; last >= 0 {
		b, returned.list = returned.list[last], returned.list[:last]
	}
	returned.Unlock()
	if b == nil {
		b = makeDatabase(t, server)
	}
	t.Cleanup(func() {
		must(t, b.cut())
		must(t, b.empty())
		returned.Lock()
		defer returned.Unlock()
		returned.list = append(returned.list, b)
	})
	return server + b.name
}

// makeDatabase makes the first of xs_test_1, xs_test_2 … anew that no other process has.
func makeDatabase(t testing.TB, server string) *borrowed {
	t.Helper()
	ctx := context.Background()
	db, err := sql.Open("mysql", server)
	must(t, err)
	b := &borrowed{}
	b.conn, err = db.Conn(ctx)
	must(t, err)
	for n, mine := 1, false; !mine; n++ {
		b.name = fmt.Sprintf("xs_test_%d", n)
		must(t, b.conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, 0)", b.name).Scan(&mine))
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + b.name, "CREATE DATABASE " + b.name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "USE " + b.name} {
		_, err = b.conn.ExecContext(ctx, statement)
		must(t, err)
	}
	must(t, migrate(store.Config{Driver: "mysql", DSN: secret(server + b.name)}))
	rows, err := b.conn.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%'")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var table string
		must(t, rows.Scan(&table))
		b.tables = append(b.tables, table)
	}
	must(t, rows.Err())
	return b
}

// noSuchThread is the server's number for a connection that has ended by itself.
const noSuchThread = 1094

// cut ends every other connection, so that what a test left running commits nothing into the next one's tables.
func (b *borrowed) cut() error {
	ctx := context.Background()
	rows, err := b.conn.QueryContext(ctx, "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()", b.name)
	if err != nil {
		return err
	}
	defer rows.Close()
	var left []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		left = append(left, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range left {
		var gone *mysql.MySQLError
		if _, err := b.conn.ExecContext(ctx, fmt.Sprintf("KILL %d", id)); err != nil && !(errors.As(err, &gone) && gone.Number == noSuchThread) {
			return err
		}
	}
	return nil
}

// empty takes every row away; a table of many rows is made anew, which is quicker.
func (b *borrowed) empty() error {
	const many = 1000
	for _, table := range b.tables {
		result, err := b.conn.ExecContext(context.Background(), fmt.Sprintf("DELETE FROM %s LIMIT %d", table, many))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n < many {
			continue
		}
		if _, err := b.conn.ExecContext(context.Background(), "TRUNCATE TABLE "+table); err != nil {
			return err
		}
	}
	return nil
}
