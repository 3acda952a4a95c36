-- +goose Up
CREATE TABLE pay_order (
  id              TEXT NOT NULL CHECK (length(id) = 36),
  bill_id         TEXT NOT NULL CHECK (length(bill_id) = 36),
  registration_id TEXT NOT NULL CHECK (length(registration_id) = 36),
  out_trade_no    TEXT NOT NULL CHECK (length(out_trade_no) <= 40),
  channel         TEXT NOT NULL CHECK (length(channel) <= 20),
  openid          TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64),
  amount_fen      INTEGER NOT NULL DEFAULT 0,
  bill_version    INTEGER NOT NULL DEFAULT 0,
  status          TEXT NOT NULL CHECK (length(status) <= 20),
  live_key        TEXT NULL CHECK (length(live_key) <= 40),
  description     TEXT NOT NULL CHECK (length(description) <= 200),
  notify_url      TEXT NOT NULL CHECK (length(notify_url) <= 255),
  client_ip       TEXT NOT NULL DEFAULT '' CHECK (length(client_ip) <= 64),
  link_id         TEXT NOT NULL DEFAULT '' CHECK (length(link_id) <= 36),
  prepay_id       TEXT NOT NULL DEFAULT '' CHECK (length(prepay_id) <= 80),
  code_url        TEXT NOT NULL DEFAULT '' CHECK (length(code_url) <= 255),
  h5_url          TEXT NOT NULL DEFAULT '' CHECK (length(h5_url) <= 1000),
  expires_at      INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL DEFAULT 0,
  next_query_at   INTEGER NOT NULL DEFAULT 0,
  queries         INTEGER NOT NULL DEFAULT 0,
  transaction_id  TEXT NOT NULL DEFAULT '' CHECK (length(transaction_id) <= 40),
  paid_at         INTEGER NOT NULL DEFAULT 0,
  refunded_fen    INTEGER NOT NULL DEFAULT 0,
  late            INTEGER NOT NULL DEFAULT 0,
  version         INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT order_trade_no UNIQUE (out_trade_no),
  CONSTRAINT order_live UNIQUE (live_key),
  CHECK (channel IN ('jsapi', 'native', 'h5')),
  CHECK (status IN ('created', 'closing', 'closed', 'paid'))
) STRICT;

CREATE INDEX order_bill ON pay_order (bill_id);
CREATE INDEX order_query ON pay_order (status, next_query_at);

-- +goose Down
DROP TABLE pay_order;
