-- +goose Up
CREATE TABLE application (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  pending_key     TEXT NULL CHECK (length(pending_key) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  content         BLOB NOT NULL CHECK (length(content) <= 8000),
  until_at        INTEGER NOT NULL DEFAULT 0,
  intake_id       TEXT NOT NULL DEFAULT '' CHECK (length(intake_id) <= 36),
  program_id      TEXT NOT NULL DEFAULT '' CHECK (length(program_id) <= 36),
  point_id        TEXT NOT NULL DEFAULT '' CHECK (length(point_id) <= 36),
  signature       TEXT NOT NULL DEFAULT '' CHECK (length(signature) <= 80),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  at              INTEGER NOT NULL DEFAULT 0,
  filed_by        TEXT NOT NULL DEFAULT '' CHECK (length(filed_by) <= 64),
  decided_at      INTEGER NOT NULL DEFAULT 0,
  decided_by      TEXT NOT NULL DEFAULT '' CHECK (length(decided_by) <= 140),
  decided_for     TEXT NOT NULL DEFAULT '' CHECK (length(decided_for) <= 500),
  version         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT application_pending UNIQUE (pending_key),
  CHECK (kind IN ('reserve', 'give_up', 'resume', 'leave')),
  CHECK (state IN ('pending', 'granted', 'refused', 'withdrawn'))
) STRICT;

CREATE INDEX application_registration ON application (registration_id, at);
CREATE INDEX application_state ON application (state, at);

-- +goose Down
DROP TABLE application;
