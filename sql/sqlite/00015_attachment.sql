-- +goose Up
CREATE TABLE attachment (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  object          TEXT NOT NULL CHECK (length(object) <= 80),
  mime            TEXT NOT NULL CHECK (length(mime) <= 40),
  bytes           INTEGER NOT NULL DEFAULT 0,
  width           INTEGER NOT NULL DEFAULT 0,
  height          INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT attachment_object UNIQUE (object)
) STRICT;

CREATE INDEX attachment_registration ON attachment (registration_id, kind);

-- +goose Down
DROP TABLE attachment;
