-- +goose Up
-- What is old is dropped by its time, and the newest of a band are looked at.
CREATE INDEX print_at ON picture_print (at);
CREATE INDEX print_band ON picture_print (band, at);

-- +goose Down
DROP INDEX print_band;
DROP INDEX print_at;
