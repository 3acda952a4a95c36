-- +goose Up
CREATE TABLE reminder (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  student_id      TEXT NOT NULL CHECK (length(student_id) = 36),
  day             TEXT NOT NULL CHECK (length(day) <= 10),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  rule            TEXT NOT NULL CHECK (length(rule) <= 20),
  stage           TEXT NOT NULL CHECK (length(stage) <= 40),
  at              INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT reminder_day UNIQUE (student_id, day),
  CONSTRAINT reminder_stage UNIQUE (registration_id, rule, stage)
) STRICT;

-- +goose Down
DROP TABLE reminder;
