-- +goose Up
CREATE TABLE face_check (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  login_id        TEXT NOT NULL CHECK (length(login_id) = 36),
  at              INTEGER NOT NULL DEFAULT 0,
  action          TEXT NOT NULL CHECK (length(action) <= 40),
  outcome         TEXT NOT NULL CHECK (length(outcome) <= 40),
  result          TEXT NOT NULL DEFAULT '' CHECK (length(result) <= 80),
  sim             REAL NOT NULL DEFAULT 0,
  request_id      TEXT NOT NULL DEFAULT '' CHECK (length(request_id) <= 80),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX face_check_day ON face_check (registration_id, at);

-- +goose Down
DROP TABLE face_check;
