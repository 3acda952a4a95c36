-- +goose Up
CREATE TABLE file_part (
  file_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  no         INT NOT NULL DEFAULT 0,
  object     VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes      INT NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (file_id, no),
  UNIQUE KEY part_object (object),
  KEY part_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE file_part;
