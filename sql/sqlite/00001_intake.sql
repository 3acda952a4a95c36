-- +goose Up
CREATE TABLE intake (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  grade      INTEGER NOT NULL DEFAULT 0,
  name       TEXT NOT NULL CHECK (length(name) <= 60),
  opens_at   INTEGER NOT NULL DEFAULT 0,
  closes_at  INTEGER NOT NULL DEFAULT 0,
  settings   TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT intake_grade UNIQUE (grade, name)
) STRICT;

-- +goose Down
DROP TABLE intake;
