-- +goose Up
ALTER TABLE signature ADD COLUMN typed_name VARCHAR(64) NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE signature DROP COLUMN typed_name;
