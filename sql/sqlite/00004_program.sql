-- +goose Up
CREATE TABLE program (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  intake_id  TEXT NOT NULL CHECK (length(intake_id) = 36),
  code       TEXT NOT NULL CHECK (length(code) <= 20),
  no         TEXT NOT NULL CHECK (length(no) <= 10),
  name       TEXT NOT NULL CHECK (length(name) <= 60),
  level      TEXT NOT NULL CHECK (length(level) <= 10),
  form       TEXT NOT NULL CHECK (length(form) <= 10),
  half_years INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT program_no UNIQUE (intake_id, no)
) STRICT;

-- +goose Down
DROP TABLE program;
