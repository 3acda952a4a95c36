-- +goose Up
CREATE TABLE picture_print (
  band  BLOB NOT NULL CHECK (length(band) = 16),
  mark  BLOB NOT NULL CHECK (length(mark) = 16),
  print BLOB NOT NULL CHECK (length(print) <= 200),
  at    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (band, mark)
) STRICT;

-- +goose Down
DROP TABLE picture_print;
