-- +goose Up
CREATE TABLE proof (
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  content         BLOB NOT NULL CHECK (length(content) <= 1000),
  saved_at        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id)
) STRICT;

-- +goose Down
DROP TABLE proof;
