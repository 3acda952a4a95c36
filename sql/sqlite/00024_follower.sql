-- +goose Up
CREATE TABLE follower (
  openid     TEXT NOT NULL CHECK (length(openid) <= 64),
  subscribed INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (openid)
) STRICT;

-- +goose Down
DROP TABLE follower;
