-- +goose Up
CREATE TABLE subscription (
  openid      TEXT NOT NULL CHECK (length(openid) <= 64),
  template_id TEXT NOT NULL CHECK (length(template_id) <= 64),
  agreed      INTEGER NOT NULL DEFAULT 0,
  changed_at  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (openid, template_id)
) STRICT;

-- +goose Down
DROP TABLE subscription;
