-- +goose Up
CREATE TABLE return_item (
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  item            TEXT NOT NULL CHECK (length(item) <= 20),
  reason          TEXT NOT NULL CHECK (length(reason) <= 500),
  PRIMARY KEY (registration_id, item)
) STRICT;

-- +goose Down
DROP TABLE return_item;
