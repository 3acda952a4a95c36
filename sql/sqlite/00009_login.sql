-- +goose Up
CREATE TABLE login (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  student_id      TEXT NOT NULL CHECK (length(student_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  at              INTEGER NOT NULL DEFAULT 0,
  phone_hash      BLOB NOT NULL CHECK (length(phone_hash) = 16),
  phone           BLOB NOT NULL CHECK (length(phone) <= 400),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  device          TEXT NOT NULL DEFAULT '' CHECK (length(device) <= 200),
  address_hash    BLOB NULL CHECK (length(address_hash) = 16),
  face_passed_at  INTEGER NOT NULL DEFAULT 0,
  ended_at        INTEGER NOT NULL DEFAULT 0,
  chosen          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX login_registration ON login (registration_id, at);
CREATE INDEX login_phone ON login (phone_hash);

-- +goose Down
DROP TABLE login;
