-- +goose Up
CREATE TABLE tuition (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  intake_id  TEXT NOT NULL CHECK (length(intake_id) = 36),
  program_id TEXT NOT NULL CHECK (length(program_id) = 36),
  point_id   TEXT NOT NULL DEFAULT '' CHECK (length(point_id) <= 36),
  fens       TEXT NOT NULL,
  approval   TEXT NOT NULL CHECK (length(approval) <= 100),
  PRIMARY KEY (id),
  CONSTRAINT tuition_place UNIQUE (program_id, point_id)
) STRICT;

-- +goose Down
DROP TABLE tuition;
