-- +goose Up
CREATE TABLE roster_import (
  id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  intake_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file         VARCHAR(200) NOT NULL,
  file_hash    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rows_total   INT NOT NULL DEFAULT 0,
  rows_new     INT NOT NULL DEFAULT 0,
  rows_changed INT NOT NULL DEFAULT 0,
  rows_same    INT NOT NULL DEFAULT 0,
  rows_refused INT NOT NULL DEFAULT 0,
  rows_applied INT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL DEFAULT 0,
  applied_at   BIGINT NOT NULL DEFAULT 0,
  live_key     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (id),
  UNIQUE KEY import_live (live_key),
  KEY import_intake (intake_id, created_at),
  CHECK (state IN ('staging', 'staged', 'applying', 'applied', 'abandoned'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE roster_import;
