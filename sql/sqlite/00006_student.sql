-- +goose Up
CREATE TABLE student (
  id             TEXT NOT NULL CHECK (length(id) = 36),
  id_type        TEXT NOT NULL CHECK (length(id_type) <= 20),
  id_number_hash BLOB NOT NULL CHECK (length(id_number_hash) = 16),
  id_number      BLOB NOT NULL CHECK (length(id_number) <= 400),
  name           TEXT NOT NULL CHECK (length(name) <= 100),
  phone_hash     BLOB NULL CHECK (length(phone_hash) = 16),
  phone          BLOB NULL CHECK (length(phone) <= 400),
  openid         TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  bound_at       INTEGER NOT NULL DEFAULT 0,
  version        INTEGER NOT NULL DEFAULT 0,
  created_at     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT student_document UNIQUE (id_type, id_number_hash)
) STRICT;

CREATE INDEX student_phone ON student (phone_hash);
CREATE INDEX student_openid ON student (openid);

-- +goose Down
DROP TABLE student;
