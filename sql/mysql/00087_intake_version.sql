-- +goose Up
CREATE TABLE intake_version (
  id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    INT NOT NULL,
  at         BIGINT NOT NULL,
  changed_by VARCHAR(64) NOT NULL DEFAULT '',
  section    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  content    TEXT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_version_no (intake_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE intake_version;
