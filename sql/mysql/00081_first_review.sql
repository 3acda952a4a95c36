-- +goose Up
CREATE TABLE first_review (
  kind         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_version BIGINT NOT NULL DEFAULT 0,
  pass         TINYINT NOT NULL DEFAULT 0,
  reason       VARCHAR(500) NOT NULL DEFAULT '',
  items        VARCHAR(4000) NOT NULL DEFAULT '',
  staff_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at           BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, item_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE first_review;
