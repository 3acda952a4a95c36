-- +goose Up
CREATE TABLE job_failure (
  id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  no      INT NOT NULL DEFAULT 0,
  subject VARCHAR(200) NOT NULL DEFAULT '',
  reason  VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY job_failure_job (job_id, no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE job_failure;
