-- +goose Up
CREATE TABLE picture_print (
  band  BINARY(16) NOT NULL,
  mark  BINARY(16) NOT NULL,
  print VARBINARY(200) NOT NULL,
  at    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (band, mark)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE picture_print;
