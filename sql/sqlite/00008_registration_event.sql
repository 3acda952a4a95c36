-- +goose Up
CREATE TABLE registration_event (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  at              INTEGER NOT NULL DEFAULT 0,
  event           TEXT NOT NULL CHECK (length(event) <= 40),
  from_status     TEXT NOT NULL DEFAULT '' CHECK (length(from_status) <= 20),
  to_status       TEXT NOT NULL DEFAULT '' CHECK (length(to_status) <= 20),
  actor           TEXT NOT NULL CHECK (length(actor) <= 20),
  actor_id        TEXT NOT NULL DEFAULT '' CHECK (length(actor_id) <= 64),
  reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX event_registration ON registration_event (registration_id, at);

-- +goose Down
DROP TABLE registration_event;
