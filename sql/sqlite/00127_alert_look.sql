-- +goose Up
CREATE TABLE alert_look (
  kind     TEXT NOT NULL CHECK (length(kind) <= 20),
  hash     BLOB NOT NULL CHECK (length(hash) = 16),
  students INTEGER NOT NULL DEFAULT 0,
  note     TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  account  TEXT NOT NULL DEFAULT '' CHECK (length(account) <= 64),
  at       INTEGER NOT NULL DEFAULT 0,
  version  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, hash)
) STRICT;

-- +goose Down
DROP TABLE alert_look;
