DROP INDEX `booking_awaits_change`;--> statement-breakpoint
CREATE INDEX `booking_awaits_move` ON `booking` (state ->> '$.change.to.room',`start_at`) WHERE awaits = 'change';