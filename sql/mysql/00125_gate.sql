-- +goose Up
CREATE TABLE gate (
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  gate     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version  INT NOT NULL,
  paused   TINYINT NOT NULL DEFAULT 0,
  sentence VARCHAR(200) NOT NULL DEFAULT '',
  account  VARCHAR(64) NOT NULL DEFAULT '',
  at       BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY gate_version (gate, version),
  CHECK (gate IN ('code', 'face', 'pay', 'message', 'push'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE gate;
