package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	schema "xinsheng/sql"
)

// dialect is all that differs between the two databases; everything else is one set of statements.
type dialect string

const (
	sqliteDialect dialect = "sqlite"
	mysqlDialect  dialect = "mysql"
)

func dialectOf(driver string) (dialect, error) {
	switch dialect(driver) {
	case sqliteDialect, mysqlDialect:
		return dialect(driver), nil
	}
	return "", fmt.Errorf("database.driver %q: sqlite or mysql", driver)
}

func (d dialect) open(dsn string) (write, read *sqlx.DB, err error) {
	if d == mysqlDialect {
		db, err := openMySQL(dsn)
		return db, db, err
	}
	return openSQLite(dsn)
}

func openMySQL(dsn string) (*sqlx.DB, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, err
	}
	cfg.ClientFoundRows = true
	cfg.ParseTime = true // goose reads its lock as a time; our own times are numbers
	cfg.InterpolateParams = true
	cfg.Collation = "utf8mb4_bin"
	cfg.Timeout = 3 * time.Second
	cfg.ReadTimeout = 30 * time.Second
	cfg.WriteTimeout = 30 * time.Second
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "mysql")
	db.SetMaxOpenConns(40)
	db.SetMaxIdleConns(40)
	db.SetConnMaxLifetime(5 * time.Minute)
	return db, nil
}

const sqlitePragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"

// inURI keeps the marks of a URI in a file's name from ending it early.
var inURI = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

func openSQLite(file string) (write, read *sqlx.DB, err error) {
	dsn := "file:" + inURI.Replace(file) + sqlitePragmas
	write, err = sqlx.Open("sqlite", dsn)
	if err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	read, err = sqlx.Open("sqlite", dsn+"&_pragma=query_only(1)")
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(4)
	return write, read, nil
}

func (d dialect) isolation() sql.IsolationLevel {
	if d == mysqlDialect {
		return sql.LevelReadCommitted
	}
	return sql.LevelDefault
}

// retryable finds deadlock, lock wait and busy errors, after which nothing was kept.
func (d dialect) retryable(err error) bool {
	var m *mysql.MySQLError
	if errors.As(err, &m) {
		switch m.Number {
		case 1213, 1205, 1020, 1047, 3101, 9007, 8022, 8028:
			return true
		}
	}
	var l *sqlite.Error
	return errors.As(err, &l) && l.Code()&0xff == 5
}

func (d dialect) taken(err error) bool {
	var m *mysql.MySQLError
	if errors.As(err, &m) {
		return m.Number == 1062
	}
	var l *sqlite.Error
	return errors.As(err, &l) && (l.Code() == 2067 || l.Code() == 1555)
}

func (d dialect) migrations() (goose.Dialect, fs.FS, error) {
	if d == mysqlDialect {
		sub, err := fs.Sub(schema.MySQL, "mysql")
		return goose.DialectMySQL, sub, err
	}
	sub, err := fs.Sub(schema.SQLite, "sqlite")
	return goose.DialectSQLite3, sub, err
}

// orIgnore lets an insert pass over rows that stand already.
func (d dialect) orIgnore(insert string) string {
	if d == mysqlDialect {
		return strings.Replace(insert, "INSERT INTO", "INSERT IGNORE INTO", 1)
	}
	return insert + " ON CONFLICT DO NOTHING"
}

// insertQuery writes INSERT INTO table (a, b) VALUES (:a, :b) from the db tags of a row.
func insertQuery(table string, row any) string {
	var columns []string
	t := reflect.Indirect(reflect.ValueOf(row)).Type()
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("db"); tag != "" {
			columns = append(columns, tag)
		}
	}
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (:" + strings.Join(columns, ", :") + ")"
}
