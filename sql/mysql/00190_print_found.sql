-- +goose Up
-- What is old is dropped by its time, and the newest of a band are looked at.
ALTER TABLE picture_print ADD KEY print_at (at), ADD KEY print_band (band, at);

-- +goose Down
ALTER TABLE picture_print DROP KEY print_band, DROP KEY print_at;
