-- +goose Up
CREATE TABLE finance_case (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject         VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  bill_id         VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  order_id        VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  fact_id         VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  detail          VARCHAR(500) NOT NULL DEFAULT '',
  opened_at       BIGINT NOT NULL DEFAULT 0,
  closed_at       BIGINT NOT NULL DEFAULT 0,
  closed_by       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  note            VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY case_subject (kind, subject),
  KEY case_open (closed_at, opened_at),
  KEY case_bill (bill_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE finance_case;
