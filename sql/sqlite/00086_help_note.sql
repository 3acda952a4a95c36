-- +goose Up
CREATE TABLE help_note (
  code            TEXT NOT NULL CHECK (length(code) = 6),
  at              INTEGER NOT NULL,
  registration_id TEXT NOT NULL DEFAULT '' CHECK (length(registration_id) <= 36),
  page            TEXT NOT NULL DEFAULT '' CHECK (length(page) <= 60),
  step            TEXT NOT NULL DEFAULT '' CHECK (length(step) <= 40),
  reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 60),
  incident        TEXT NOT NULL DEFAULT '' CHECK (length(incident) <= 20),
  device          TEXT NOT NULL DEFAULT '' CHECK (length(device) <= 60),
  PRIMARY KEY (code)
) STRICT;

CREATE INDEX help_note_at ON help_note (at);

-- +goose Down
DROP TABLE help_note;
