-- +goose Up
CREATE TABLE desk_code (
  id              TEXT NOT NULL CHECK (length(id) <= 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) <= 36),
  id_number_hash  BLOB NOT NULL CHECK (length(id_number_hash) = 16),
  phone_hash      BLOB NOT NULL CHECK (length(phone_hash) = 16),
  digest          TEXT NOT NULL CHECK (length(digest) <= 64),
  at              INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  tries           INTEGER NOT NULL DEFAULT 0,
  used_at         INTEGER NOT NULL DEFAULT 0,
  issued_by       TEXT NOT NULL CHECK (length(issued_by) <= 64),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX desk_code_person ON desk_code (id_number_hash, phone_hash);
CREATE INDEX desk_code_at ON desk_code (at);

-- +goose Down
DROP TABLE desk_code;
