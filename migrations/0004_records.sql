CREATE TABLE `record_export` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`order` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`rows` integer NOT NULL,
	`total` integer NOT NULL,
	`url` text,
	`asked_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `booking_transition` ADD `previous_hash` text;--> statement-breakpoint
ALTER TABLE `booking_transition` ADD `hash` text;--> statement-breakpoint
CREATE INDEX `booking_start` ON `booking` (`start_at`);