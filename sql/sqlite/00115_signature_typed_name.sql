-- +goose Up
ALTER TABLE signature ADD COLUMN typed_name TEXT NOT NULL DEFAULT '' CHECK (length(typed_name) <= 64);

-- +goose Down
ALTER TABLE signature DROP COLUMN typed_name;
