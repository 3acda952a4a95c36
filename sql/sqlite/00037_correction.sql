-- +goose Up
CREATE TABLE correction (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  live_key        TEXT NULL CHECK (length(live_key) <= 100),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  field           TEXT NOT NULL CHECK (length(field) <= 20),
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  content         BLOB NOT NULL CHECK (length(content) <= 8000),
  picture         TEXT NOT NULL DEFAULT '' CHECK (length(picture) <= 80),
  mime            TEXT NOT NULL DEFAULT '' CHECK (length(mime) <= 40),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  login_id        TEXT NOT NULL DEFAULT '' CHECK (length(login_id) <= 36),
  at              INTEGER NOT NULL DEFAULT 0,
  decided_at      INTEGER NOT NULL DEFAULT 0,
  decided_by      TEXT NOT NULL DEFAULT '' CHECK (length(decided_by) <= 140),
  decided_for     TEXT NOT NULL DEFAULT '' CHECK (length(decided_for) <= 500),
  version         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT correction_live UNIQUE (live_key),
  CHECK (kind IN ('field', 'name_check', 'name_pair')),
  CHECK (state IN ('pending', 'granted', 'refused', 'withdrawn'))
) STRICT;

CREATE INDEX correction_registration ON correction (registration_id, at);
CREATE INDEX correction_state ON correction (state, kind, id);

-- +goose Down
DROP TABLE correction;
