-- +goose Up
CREATE TABLE audit (
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at       BIGINT NOT NULL,
  staff_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  account  VARCHAR(64) NOT NULL DEFAULT '',
  role     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  action   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  object   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  detail   VARCHAR(500) NOT NULL DEFAULT '',
  address  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  seq      BIGINT NULL,
  chain    BINARY(32) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY audit_seq (seq),
  KEY audit_at (at),
  KEY audit_object (object, at),
  KEY audit_staff (staff_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE audit;
