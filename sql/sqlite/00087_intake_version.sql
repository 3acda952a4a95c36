-- +goose Up
CREATE TABLE intake_version (
  id         TEXT NOT NULL CHECK (length(id) = 36),
  intake_id  TEXT NOT NULL CHECK (length(intake_id) = 36),
  version    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  changed_by TEXT NOT NULL DEFAULT '' CHECK (length(changed_by) <= 64),
  section    TEXT NOT NULL DEFAULT '' CHECK (length(section) <= 20),
  content    TEXT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT intake_version_no UNIQUE (intake_id, version)
) STRICT;

-- +goose Down
DROP TABLE intake_version;
