-- +goose Up
ALTER TABLE signature ADD COLUMN helper VARCHAR(64) NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE signature DROP COLUMN helper;
