-- +goose Up
CREATE INDEX delivery_outbox ON delivery (outbox_id);

-- +goose Down
DROP INDEX delivery_outbox;
