-- +goose Up
CREATE TABLE section (
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  name            TEXT NOT NULL CHECK (length(name) <= 20),
  content         BLOB NOT NULL,
  version         INTEGER NOT NULL DEFAULT 0,
  saved_at        INTEGER NOT NULL DEFAULT 0,
  login_id        TEXT NOT NULL CHECK (length(login_id) = 36),
  device          TEXT NOT NULL DEFAULT '' CHECK (length(device) <= 200),
  PRIMARY KEY (registration_id, name)
) STRICT;

-- +goose Down
DROP TABLE section;
