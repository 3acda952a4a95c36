-- +goose Up
CREATE TABLE proof_check (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  saved_at        INTEGER NOT NULL DEFAULT 0,
  submitted_at    INTEGER NOT NULL DEFAULT 0,
  result          TEXT NOT NULL CHECK (length(result) <= 20),
  note            TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  evidence        TEXT NOT NULL DEFAULT '' CHECK (length(evidence) <= 36),
  checked_by      TEXT NOT NULL DEFAULT '' CHECK (length(checked_by) <= 64),
  at              INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT proof_check_once UNIQUE (registration_id, saved_at, submitted_at),
  CHECK (result IN ('genuine', 'mismatch', 'not_found', 'out_of_date'))
) STRICT;

-- +goose Down
DROP TABLE proof_check;
