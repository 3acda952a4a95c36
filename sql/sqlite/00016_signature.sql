-- +goose Up
CREATE TABLE signature (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  text_version    INTEGER NOT NULL DEFAULT 0,
  text_hash       TEXT NOT NULL CHECK (length(text_hash) <= 64),
  picture         TEXT NOT NULL CHECK (length(picture) <= 80),
  pdf             TEXT NOT NULL DEFAULT '' CHECK (length(pdf) <= 80),
  at              INTEGER NOT NULL DEFAULT 0,
  void_at         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX signature_registration ON signature (registration_id, kind);

-- +goose Down
DROP TABLE signature;
