-- +goose Up
ALTER TABLE attachment ADD COLUMN pages INT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE attachment DROP COLUMN pages;
