-- +goose Up
CREATE TABLE trace (
  kind            TEXT NOT NULL CHECK (length(kind) <= 20),
  hash            BLOB NOT NULL CHECK (length(hash) = 16),
  student_id      TEXT NOT NULL CHECK (length(student_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  first_at        INTEGER NOT NULL DEFAULT 0,
  last_at         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, hash, student_id),
  CHECK (kind IN ('phone', 'openid', 'device', 'picture'))
) STRICT;

CREATE INDEX trace_student ON trace (student_id);

-- +goose Down
DROP TABLE trace;
