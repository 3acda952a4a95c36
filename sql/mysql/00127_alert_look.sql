-- +goose Up
CREATE TABLE alert_look (
  kind     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hash     BINARY(16) NOT NULL,
  students INT NOT NULL DEFAULT 0,
  note     VARCHAR(200) NOT NULL DEFAULT '',
  account  VARCHAR(64) NOT NULL DEFAULT '',
  at       BIGINT NOT NULL DEFAULT 0,
  version  INT NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE alert_look;
