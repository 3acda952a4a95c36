// Package sql holds the migrations of both dialects; they make the same tables
// and columns, which a test in store proves.
package sql

import "embed"

// MySQL holds the migrations for MySQL 8 and MariaDB 10.6+, one DDL statement a file.
//
//go:embed mysql/*.sql
var MySQL embed.FS

// SQLite holds the migrations of the embedded database.
//
//go:embed sqlite/*.sql
var SQLite embed.FS
