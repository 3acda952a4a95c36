-- +goose Up
ALTER TABLE delivery ADD KEY delivery_outbox (outbox_id);

-- +goose Down
ALTER TABLE delivery DROP KEY delivery_outbox;
