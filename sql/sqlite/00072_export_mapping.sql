-- +goose Up
CREATE TABLE export_mapping (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  name       TEXT NOT NULL CHECK (length(name) <= 50),
  choice     TEXT NOT NULL,
  account    TEXT NOT NULL DEFAULT '' CHECK (length(account) <= 64),
  updated_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT mapping_name UNIQUE (name)
) STRICT;

-- +goose Down
DROP TABLE export_mapping;
