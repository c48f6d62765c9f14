CREATE TABLE `booking_figure` (
	`booking` text PRIMARY KEY NOT NULL,
	`room` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`headcount` integer NOT NULL,
	`department` text,
	`requested_at` integer NOT NULL,
	`decided_at` integer,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `booking_figure_room` ON `booking_figure` (`room`,`start_at`,`end_at`,`headcount`,`department`,`requested_at`,`decided_at`,`outcome`);--> statement-breakpoint
CREATE TABLE `refused_request` (
	`wish` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`host` text NOT NULL,
	`department` text,
	`room` text,
	`zone` text NOT NULL,
	`headcount` integer NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refused_request_start` ON `refused_request` (`start_at`);