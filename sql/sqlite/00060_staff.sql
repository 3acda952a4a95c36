-- +goose Up
CREATE TABLE staff (
  id            TEXT NOT NULL CHECK (length(id) = 36),
  account       TEXT NOT NULL CHECK (length(account) <= 64),
  name          TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 64),
  role          TEXT NOT NULL DEFAULT '' CHECK (length(role) <= 20),
  point_code    TEXT NOT NULL DEFAULT '' CHECK (length(point_code) <= 20),
  password_hash TEXT NOT NULL DEFAULT '' CHECK (length(password_hash) <= 200),
  totp_secret   BLOB NULL CHECK (length(totp_secret) <= 200),
  totp_step     INTEGER NOT NULL DEFAULT 0,
  session_mark  TEXT NOT NULL DEFAULT '' CHECK (length(session_mark) <= 40),
  first_until   INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL DEFAULT 0,
  expires_at    INTEGER NOT NULL DEFAULT 0,
  seen_at       INTEGER NOT NULL DEFAULT 0,
  disabled_at   INTEGER NOT NULL DEFAULT 0,
  version       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT staff_account UNIQUE (account),
  CHECK (role IN ('admin', 'registrar', 'finance', 'clerk'))
) STRICT;

-- +goose Down
DROP TABLE staff;
