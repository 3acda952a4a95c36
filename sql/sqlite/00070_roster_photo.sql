-- +goose Up
CREATE TABLE roster_photo (
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  object          TEXT NOT NULL CHECK (length(object) <= 80),
  source_hash     TEXT NOT NULL DEFAULT '' CHECK (length(source_hash) <= 64),
  bytes           INTEGER NOT NULL DEFAULT 0,
  width           INTEGER NOT NULL DEFAULT 0,
  height          INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id),
  CONSTRAINT photo_object UNIQUE (object)
) STRICT;

-- +goose Down
DROP TABLE roster_photo;
