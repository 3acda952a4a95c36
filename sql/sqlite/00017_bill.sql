-- +goose Up
CREATE TABLE bill (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  version         INTEGER NOT NULL DEFAULT 0,
  total_fen       INTEGER NOT NULL DEFAULT 0,
  paid_fen        INTEGER NOT NULL DEFAULT 0,
  waived_fen      INTEGER NOT NULL DEFAULT 0,
  items           TEXT NOT NULL,
  created_at      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT bill_registration UNIQUE (registration_id)
) STRICT;

-- +goose Down
DROP TABLE bill;
