-- +goose Up
CREATE TABLE intake_text (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  intake_id  TEXT NOT NULL CHECK (length(intake_id) = 36),
  kind       TEXT NOT NULL CHECK (length(kind) <= 20),
  version    INTEGER NOT NULL DEFAULT 0,
  title      TEXT NOT NULL CHECK (length(title) <= 100),
  body       TEXT NOT NULL,
  hash       TEXT NOT NULL CHECK (length(hash) <= 64),
  created_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT intake_text_version UNIQUE (intake_id, kind, version)
) STRICT;

-- +goose Down
DROP TABLE intake_text;
