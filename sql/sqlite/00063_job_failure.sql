-- +goose Up
CREATE TABLE job_failure (
  id      TEXT NOT NULL CHECK (length(id) = 36),
  job_id  TEXT NOT NULL CHECK (length(job_id) = 36),
  no      INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL DEFAULT '' CHECK (length(subject) <= 200),
  reason  TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  PRIMARY KEY (id)
) STRICT;

CREATE INDEX job_failure_job ON job_failure (job_id, no);

-- +goose Down
DROP TABLE job_failure;
