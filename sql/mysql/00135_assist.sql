-- +goose Up
CREATE TABLE assist (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_key        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  staff_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account         VARCHAR(32) NOT NULL,
  role            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason          VARCHAR(200) NOT NULL DEFAULT '',
  at              BIGINT NOT NULL DEFAULT 0,
  ended_at        BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY assist_live (live_key),
  KEY assist_registration (registration_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE assist;
