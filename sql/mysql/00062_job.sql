-- +goose Up
CREATE TABLE job (
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  title       VARCHAR(200) NOT NULL DEFAULT '',
  staff_id    VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  state       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  params      VARBINARY(8000) NULL,
  done        INT NOT NULL DEFAULT 0,
  total       INT NOT NULL DEFAULT 0,
  failed      INT NOT NULL DEFAULT 0,
  result      VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  result_name VARCHAR(200) NOT NULL DEFAULT '',
  error       VARCHAR(500) NOT NULL DEFAULT '',
  lease_by    VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL DEFAULT 0,
  ended_at    BIGINT NOT NULL DEFAULT 0,
  version     INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY job_state (state, lease_until),
  KEY job_staff (staff_id, created_at),
  CHECK (state IN ('waiting', 'running', 'cancelling', 'done', 'cancelled', 'failed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE job;
