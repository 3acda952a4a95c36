-- +goose Up
CREATE TABLE pay_order (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bill_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  out_trade_no    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openid          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  amount_fen      BIGINT NOT NULL DEFAULT 0,
  bill_version    INT NOT NULL DEFAULT 0,
  status          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_key        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  description     VARCHAR(200) NOT NULL,
  notify_url      VARCHAR(255) NOT NULL,
  client_ip       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  link_id         VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  prepay_id       VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  code_url        VARCHAR(255) NOT NULL DEFAULT '',
  h5_url          VARCHAR(1000) NOT NULL DEFAULT '',
  expires_at      BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL DEFAULT 0,
  next_query_at   BIGINT NOT NULL DEFAULT 0,
  queries         INT NOT NULL DEFAULT 0,
  transaction_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  paid_at         BIGINT NOT NULL DEFAULT 0,
  refunded_fen    BIGINT NOT NULL DEFAULT 0,
  late            INT NOT NULL DEFAULT 0,
  version         INT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY order_trade_no (out_trade_no),
  UNIQUE KEY order_live (live_key),
  KEY order_bill (bill_id),
  KEY order_query (status, next_query_at),
  CHECK (channel IN ('jsapi', 'native', 'h5')),
  CHECK (status IN ('created', 'closing', 'closed', 'paid'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE pay_order;
