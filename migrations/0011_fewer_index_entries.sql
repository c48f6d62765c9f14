DROP INDEX `booking_awaits`;--> statement-breakpoint
DROP INDEX `booking_occurrence`;--> statement-breakpoint
CREATE INDEX `booking_awaits_room` ON `booking` (`room`,`start_at`) WHERE awaits is not null;--> statement-breakpoint
CREATE INDEX `booking_awaits_change` ON `booking` (`start_at`) WHERE awaits = 'change';--> statement-breakpoint
CREATE INDEX `booking_awaits` ON `booking` (`start_at`) WHERE awaits is not null;--> statement-breakpoint
CREATE INDEX `booking_occurrence` ON `booking` (`series`,`occurrence`) WHERE series is not null;--> statement-breakpoint
CREATE INDEX `person_same_as` ON `person` (`same_as`) WHERE same_as is not null;