-- +goose Up
CREATE TABLE approval (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  object          TEXT NOT NULL CHECK (length(object) <= 36),
  registration_id TEXT NOT NULL DEFAULT '' CHECK (length(registration_id) <= 36),
  live_key        TEXT NULL CHECK (length(live_key) <= 60),
  params          TEXT NOT NULL CHECK (length(params) <= 1000),
  reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  asked_by        TEXT NOT NULL CHECK (length(asked_by) <= 64),
  asked_at        INTEGER NOT NULL DEFAULT 0,
  decided_by      TEXT NOT NULL DEFAULT '' CHECK (length(decided_by) <= 64),
  decided_at      INTEGER NOT NULL DEFAULT 0,
  note            TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  PRIMARY KEY (id),
  CONSTRAINT approval_live UNIQUE (live_key),
  CHECK (state IN ('pending', 'confirmed', 'refused', 'withdrawn'))
) STRICT;

CREATE INDEX approval_state ON approval (state, id);
CREATE INDEX approval_registration ON approval (registration_id, asked_at);

-- +goose Down
DROP TABLE approval;
