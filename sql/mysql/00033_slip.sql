-- +goose Up
CREATE TABLE slip (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code            VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id),
  UNIQUE KEY slip_code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE slip;
