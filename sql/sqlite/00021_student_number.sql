-- +goose Up
CREATE TABLE student_number (
  number          TEXT NOT NULL CHECK (length(number) <= 40),
  student_id      TEXT NOT NULL CHECK (length(student_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  origin          TEXT NOT NULL CHECK (length(origin) <= 20),
  issued_at       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (number),
  CONSTRAINT number_registration UNIQUE (registration_id),
  CHECK (origin IN ('imported', 'issued'))
) STRICT;

-- +goose Down
DROP TABLE student_number;
