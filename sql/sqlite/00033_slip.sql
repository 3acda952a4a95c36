-- +goose Up
CREATE TABLE slip (
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  code            TEXT NOT NULL CHECK (length(code) <= 32),
  created_at      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id),
  CONSTRAINT slip_code UNIQUE (code)
) STRICT;

-- +goose Down
DROP TABLE slip;
