-- +goose Up
CREATE TABLE menu_push (
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at          BIGINT NOT NULL,
  pushed_by   VARCHAR(64) NOT NULL DEFAULT '',
  before_menu TEXT NOT NULL,
  after_menu  TEXT NOT NULL,
  pushed_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY menu_push_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE menu_push;
