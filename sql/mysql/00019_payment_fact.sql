-- +goose Up
CREATE TABLE payment_fact (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_id      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  out_trade_no   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  transaction_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  trade_state    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen     BIGINT NOT NULL DEFAULT 0,
  received_at    BIGINT NOT NULL DEFAULT 0,
  content        MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY fact_source (source, source_id),
  KEY fact_order (out_trade_no),
  CHECK (source IN ('notice', 'query', 'bill'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE payment_fact;
