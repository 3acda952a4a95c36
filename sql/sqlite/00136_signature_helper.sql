-- +goose Up
ALTER TABLE signature ADD COLUMN helper TEXT NOT NULL DEFAULT '' CHECK (length(helper) <= 64);

-- +goose Down
ALTER TABLE signature DROP COLUMN helper;
