-- +goose Up
-- The dashboard's counts read this index alone, whatever else a registration holds.
ALTER TABLE registration ADD KEY registration_figures (intake_id, point_id, program_id, status, step, started_at, submitted_at);

-- +goose Down
ALTER TABLE registration DROP KEY registration_figures;
