-- +goose Up
CREATE TABLE place_change (
  id           TEXT NOT NULL CHECK (length(id) = 36),
  intake_id    TEXT NOT NULL CHECK (length(intake_id) = 36),
  at           INTEGER NOT NULL,
  changed_by   TEXT NOT NULL DEFAULT '' CHECK (length(changed_by) <= 64),
  kind         TEXT NOT NULL CHECK (length(kind) <= 20),
  subject      TEXT NOT NULL DEFAULT '' CHECK (length(subject) <= 200),
  before_words TEXT NOT NULL DEFAULT '' CHECK (length(before_words) <= 500),
  after_words  TEXT NOT NULL DEFAULT '' CHECK (length(after_words) <= 500),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX place_change_intake ON place_change (intake_id, at);

-- +goose Down
DROP TABLE place_change;
