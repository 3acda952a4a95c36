-- +goose Up
CREATE TABLE special_day (
  day   TEXT NOT NULL CHECK (length(day) = 10),
  works INTEGER NOT NULL DEFAULT 0,
  name  TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 40),
  PRIMARY KEY (day)
) STRICT;

-- +goose Down
DROP TABLE special_day;
