-- +goose Up
CREATE TABLE push (
  id          TEXT NOT NULL CHECK (length(id) = 36),
  intake_id   TEXT NOT NULL CHECK (length(intake_id) = 36),
  title       TEXT NOT NULL CHECK (length(title) <= 100),
  occasion    TEXT NOT NULL CHECK (length(occasion) <= 20),
  letter      TEXT NOT NULL,
  selection   TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (length(state) <= 20),
  reason      TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 20),
  detail      TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
  next_at     INTEGER NOT NULL DEFAULT 0,
  total       INTEGER NOT NULL DEFAULT 0,
  cursor_id   TEXT NOT NULL DEFAULT '' CHECK (length(cursor_id) <= 36),
  made_by     TEXT NOT NULL CHECK (length(made_by) <= 64),
  approved_by TEXT NOT NULL DEFAULT '' CHECK (length(approved_by) <= 64),
  created_at  INTEGER NOT NULL DEFAULT 0,
  started_at  INTEGER NOT NULL DEFAULT 0,
  ended_at    INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT NOT NULL DEFAULT '' CHECK (length(lease_owner) <= 36),
  lease_until INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CHECK (state IN ('draft', 'pending', 'building', 'running', 'paused', 'stopped', 'cancelled', 'done'))
) STRICT;

CREATE INDEX push_state ON push (state, next_at);

-- +goose Down
DROP TABLE push;
