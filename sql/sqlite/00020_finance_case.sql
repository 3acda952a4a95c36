-- +goose Up
CREATE TABLE finance_case (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  kind            TEXT NOT NULL CHECK (length(kind) <= 40),
  subject         TEXT NOT NULL CHECK (length(subject) <= 100),
  registration_id TEXT NOT NULL DEFAULT '' CHECK (length(registration_id) <= 36),
  bill_id         TEXT NOT NULL DEFAULT '' CHECK (length(bill_id) <= 36),
  order_id        TEXT NOT NULL DEFAULT '' CHECK (length(order_id) <= 36),
  fact_id         TEXT NOT NULL DEFAULT '' CHECK (length(fact_id) <= 36),
  detail          TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
  opened_at       INTEGER NOT NULL DEFAULT 0,
  closed_at       INTEGER NOT NULL DEFAULT 0,
  closed_by       TEXT NOT NULL DEFAULT '' CHECK (length(closed_by) <= 64),
  note            TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  PRIMARY KEY (id),
  CONSTRAINT case_subject UNIQUE (kind, subject)
) STRICT;

CREATE INDEX case_open ON finance_case (closed_at, opened_at);
CREATE INDEX case_bill ON finance_case (bill_id);

-- +goose Down
DROP TABLE finance_case;
