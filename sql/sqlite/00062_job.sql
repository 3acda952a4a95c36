-- +goose Up
CREATE TABLE job (
  id          TEXT NOT NULL CHECK (length(id) = 36),
  kind        TEXT NOT NULL DEFAULT '' CHECK (length(kind) <= 40),
  title       TEXT NOT NULL DEFAULT '' CHECK (length(title) <= 200),
  staff_id    TEXT NOT NULL DEFAULT '' CHECK (length(staff_id) <= 36),
  state       TEXT NOT NULL DEFAULT '' CHECK (length(state) <= 20),
  params      BLOB NULL CHECK (length(params) <= 8000),
  done        INTEGER NOT NULL DEFAULT 0,
  total       INTEGER NOT NULL DEFAULT 0,
  failed      INTEGER NOT NULL DEFAULT 0,
  result      TEXT NOT NULL DEFAULT '' CHECK (length(result) <= 80),
  result_name TEXT NOT NULL DEFAULT '' CHECK (length(result_name) <= 200),
  error       TEXT NOT NULL DEFAULT '' CHECK (length(error) <= 500),
  lease_by    TEXT NOT NULL DEFAULT '' CHECK (length(lease_by) <= 36),
  lease_until INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL DEFAULT 0,
  ended_at    INTEGER NOT NULL DEFAULT 0,
  version     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CHECK (state IN ('waiting', 'running', 'cancelling', 'done', 'cancelled', 'failed'))
) STRICT;

CREATE INDEX job_state ON job (state, lease_until);
CREATE INDEX job_staff ON job (staff_id, created_at);

-- +goose Down
DROP TABLE job;
