-- +goose Up
ALTER TABLE staff ADD COLUMN openid TEXT NOT NULL DEFAULT '' CHECK (length(openid) <= 64);
ALTER TABLE staff ADD COLUMN digest INTEGER NOT NULL DEFAULT 1;
ALTER TABLE staff ADD COLUMN digest_day TEXT NOT NULL DEFAULT '' CHECK (length(digest_day) <= 10);

-- +goose Down
ALTER TABLE staff DROP COLUMN digest_day;
ALTER TABLE staff DROP COLUMN digest;
ALTER TABLE staff DROP COLUMN openid;
