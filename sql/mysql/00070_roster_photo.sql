-- +goose Up
CREATE TABLE roster_photo (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object          VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_hash     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  bytes           INT NOT NULL DEFAULT 0,
  width           INT NOT NULL DEFAULT 0,
  height          INT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (registration_id),
  UNIQUE KEY photo_object (object)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE roster_photo;
