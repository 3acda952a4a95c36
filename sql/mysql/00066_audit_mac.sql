-- +goose Up
ALTER TABLE audit ADD COLUMN mac BINARY(32) NULL;

-- +goose Down
ALTER TABLE audit DROP COLUMN mac;
