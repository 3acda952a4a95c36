-- +goose Up
CREATE TABLE push_receipt (
  msgid       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status      VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at          BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (msgid),
  KEY push_receipt_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE push_receipt;
