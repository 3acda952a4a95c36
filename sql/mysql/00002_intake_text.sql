-- +goose Up
CREATE TABLE intake_text (
  id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    INT NOT NULL DEFAULT 0,
  title      VARCHAR(100) NOT NULL,
  body       MEDIUMTEXT NOT NULL,
  hash       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY intake_text_version (intake_id, kind, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE intake_text;
