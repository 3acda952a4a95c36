-- +goose Up
CREATE TABLE number_counter (
  scope TEXT NOT NULL CHECK (length(scope) <= 40),
  value INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope)
) STRICT;

-- +goose Down
DROP TABLE number_counter;
