-- +goose Up
CREATE TABLE follower (
  openid     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subscribed INT NOT NULL DEFAULT 0,
  changed_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (openid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE follower;
