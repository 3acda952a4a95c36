-- +goose Up
CREATE TABLE consent (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  login_id        TEXT NOT NULL CHECK (length(login_id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  text_version    INTEGER NOT NULL DEFAULT 0,
  text_hash       TEXT NOT NULL CHECK (length(text_hash) <= 64),
  agreed          INTEGER NOT NULL DEFAULT 0,
  at              INTEGER NOT NULL DEFAULT 0,
  address_hash    BLOB NULL CHECK (length(address_hash) = 16),
  device          TEXT NOT NULL DEFAULT '' CHECK (length(device) <= 200),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX consent_registration ON consent (registration_id, kind, at);

-- +goose Down
DROP TABLE consent;
