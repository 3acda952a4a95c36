-- +goose Up
CREATE TABLE number_counter (
  scope VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (scope)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE number_counter;
