-- +goose Up
-- The dashboard's counts read this index alone, whatever else a registration holds.
CREATE INDEX registration_figures ON registration (intake_id, point_id, program_id, status, step, started_at, submitted_at);

-- +goose Down
DROP INDEX registration_figures;
