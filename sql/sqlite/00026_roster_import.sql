-- +goose Up
CREATE TABLE roster_import (
  id           TEXT NOT NULL CHECK (length(id) = 36),
  intake_id    TEXT NOT NULL CHECK (length(intake_id) = 36),
  file         TEXT NOT NULL CHECK (length(file) <= 200),
  file_hash    TEXT NOT NULL CHECK (length(file_hash) <= 64),
  state        TEXT NOT NULL CHECK (length(state) <= 20),
  rows_total   INTEGER NOT NULL DEFAULT 0,
  rows_new     INTEGER NOT NULL DEFAULT 0,
  rows_changed INTEGER NOT NULL DEFAULT 0,
  rows_same    INTEGER NOT NULL DEFAULT 0,
  rows_refused INTEGER NOT NULL DEFAULT 0,
  rows_applied INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL DEFAULT 0,
  applied_at   INTEGER NOT NULL DEFAULT 0,
  live_key     TEXT NULL CHECK (length(live_key) = 36),
  PRIMARY KEY (id),
  CONSTRAINT import_live UNIQUE (live_key),
  CHECK (state IN ('staging', 'staged', 'applying', 'applied', 'abandoned'))
) STRICT;

CREATE INDEX import_intake ON roster_import (intake_id, created_at);

-- +goose Down
DROP TABLE roster_import;
