-- +goose Up
CREATE TABLE staff_recovery (
  id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code_hash BINARY(16) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY staff_recovery_code (staff_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff_recovery;
