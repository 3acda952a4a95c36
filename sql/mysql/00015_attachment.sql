-- +goose Up
CREATE TABLE attachment (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object          VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mime            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes           INT NOT NULL DEFAULT 0,
  width           INT NOT NULL DEFAULT 0,
  height          INT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY attachment_registration (registration_id, kind),
  UNIQUE KEY attachment_object (object)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE attachment;
