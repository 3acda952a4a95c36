-- +goose Up
ALTER TABLE application ADD COLUMN filer VARCHAR(36) NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE application DROP COLUMN filer;
