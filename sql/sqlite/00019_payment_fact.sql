-- +goose Up
CREATE TABLE payment_fact (
  id             TEXT NOT NULL CHECK (length(id) = 36),
  source         TEXT NOT NULL CHECK (length(source) <= 20),
  source_id      TEXT NOT NULL CHECK (length(source_id) <= 100),
  out_trade_no   TEXT NOT NULL CHECK (length(out_trade_no) <= 40),
  transaction_id TEXT NOT NULL DEFAULT '' CHECK (length(transaction_id) <= 40),
  trade_state    TEXT NOT NULL CHECK (length(trade_state) <= 20),
  amount_fen     INTEGER NOT NULL DEFAULT 0,
  received_at    INTEGER NOT NULL DEFAULT 0,
  content        BLOB NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fact_source UNIQUE (source, source_id),
  CHECK (source IN ('notice', 'query', 'bill'))
) STRICT;

CREATE INDEX fact_order ON payment_fact (out_trade_no);

-- +goose Down
DROP TABLE payment_fact;
