-- +goose Up
CREATE TABLE point (
  id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name      VARCHAR(60) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY point_code (intake_id, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE point;
