-- +goose Up
ALTER TABLE audit ADD COLUMN mac BLOB NULL CHECK (length(mac) = 32);

-- +goose Down
ALTER TABLE audit DROP COLUMN mac;
