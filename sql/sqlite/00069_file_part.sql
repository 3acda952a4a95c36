-- +goose Up
CREATE TABLE file_part (
  file_id    TEXT NOT NULL CHECK (length(file_id) = 36),
  no         INTEGER NOT NULL DEFAULT 0,
  object     TEXT NOT NULL CHECK (length(object) <= 80),
  bytes      INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (file_id, no),
  CONSTRAINT part_object UNIQUE (object)
) STRICT;

CREATE INDEX part_expires ON file_part (expires_at);

-- +goose Down
DROP TABLE file_part;
