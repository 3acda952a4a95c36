-- +goose Up
CREATE TABLE face_archive (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  login_id        TEXT NOT NULL CHECK (length(login_id) = 36),
  phone_hash      BLOB NOT NULL CHECK (length(phone_hash) = 16),
  phone           BLOB NOT NULL CHECK (length(phone) <= 400),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  object          TEXT NOT NULL CHECK (length(object) <= 80),
  at              INTEGER NOT NULL DEFAULT 0,
  state           TEXT NOT NULL CHECK (length(state) <= 20),
  decided_by      TEXT NOT NULL DEFAULT '' CHECK (length(decided_by) <= 64),
  decided_at      INTEGER NOT NULL DEFAULT 0,
  reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  name_check      TEXT NOT NULL DEFAULT '' CHECK (length(name_check) <= 20),
  version         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CHECK (state IN ('archived', 'approved', 'rejected'))
) STRICT;

CREATE INDEX archive_registration ON face_archive (registration_id, at);
CREATE INDEX archive_state ON face_archive (state, at);

-- +goose Down
DROP TABLE face_archive;
