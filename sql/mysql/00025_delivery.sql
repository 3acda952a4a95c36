-- +goose Up
CREATE TABLE delivery (
  msgid     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openid    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status    VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  at        BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (msgid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE delivery;
