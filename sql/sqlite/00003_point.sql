-- +goose Up
CREATE TABLE point (
  id        TEXT NOT NULL CHECK (length(id) = 36),
  intake_id TEXT NOT NULL CHECK (length(intake_id) = 36),
  code      TEXT NOT NULL CHECK (length(code) <= 20),
  name      TEXT NOT NULL CHECK (length(name) <= 60),
  PRIMARY KEY (id),
  CONSTRAINT point_code UNIQUE (intake_id, code)
) STRICT;

-- +goose Down
DROP TABLE point;
