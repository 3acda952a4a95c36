-- +goose Up
-- MySQL's TEXT ends at 64 kB; SQLite's has no such end.
SELECT 1;

-- +goose Down
SELECT 1;
