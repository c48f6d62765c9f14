CREATE TABLE `calendar_setting` (
	`person` text PRIMARY KEY NOT NULL,
	`mail` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statistics_schedule` (
	`id` text PRIMARY KEY NOT NULL,
	`by` text NOT NULL,
	`place` text NOT NULL,
	`place_name` text NOT NULL,
	`every` text NOT NULL,
	`site` text,
	`room` text,
	`department` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
ALTER TABLE `published_file` ADD `path` text;
