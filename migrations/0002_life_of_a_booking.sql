CREATE TABLE `booking_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`typed` text NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	`booking` text
);
--> statement-breakpoint
CREATE INDEX `booking_draft_at` ON `booking_draft` (`at`);--> statement-breakpoint
CREATE TABLE `substitution` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`substitute` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `substitution_person` ON `substitution` (`person`,`until_at`);--> statement-breakpoint
CREATE INDEX `substitution_substitute` ON `substitution` (`substitute`,`until_at`);--> statement-breakpoint
CREATE TABLE `booking_default` (
	`person` text PRIMARY KEY NOT NULL,
	`site` text,
	`room` text,
	`minutes` integer
);
--> statement-breakpoint
CREATE TABLE `reminder_setting` (
	`person` text PRIMARY KEY NOT NULL,
	`leads` text,
	`quiet_from` integer,
	`quiet_until` integer,
	`digest_at` integer
);
--> statement-breakpoint
CREATE TABLE `booking_series` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`zone` text NOT NULL,
	`date` text NOT NULL,
	`time` text NOT NULL,
	`minutes` integer NOT NULL,
	`recurrence` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `booking_series_host` ON `booking_series` (`host`);--> statement-breakpoint
CREATE TABLE `waitlist_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`room` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`details` text NOT NULL,
	`joined_at` integer NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`offer_until` integer,
	`booking` text
);
--> statement-breakpoint
CREATE INDEX `waitlist_room` ON `waitlist_entry` (`room`,`state`,`start_at`);--> statement-breakpoint
CREATE INDEX `waitlist_host` ON `waitlist_entry` (`host`,`state`);--> statement-breakpoint
ALTER TABLE `booking` ADD `series` text;--> statement-breakpoint
ALTER TABLE `booking` ADD `occurrence` text;--> statement-breakpoint
ALTER TABLE `booking` ADD `overrides` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `booking` ADD `handover` text;--> statement-breakpoint
ALTER TABLE `booking` ADD `awaits` text;--> statement-breakpoint
CREATE INDEX `booking_awaits` ON `booking` (`awaits`,`start_at`);--> statement-breakpoint
CREATE INDEX `booking_room` ON `booking` (`room`,`start_at`);--> statement-breakpoint
CREATE INDEX `booking_occurrence` ON `booking` (`series`,`occurrence`);--> statement-breakpoint
ALTER TABLE `booking_attendee` ADD `declined` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `person` ADD `department` text;--> statement-breakpoint
ALTER TABLE `room` ADD `tentative` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `slot` ADD `part` text DEFAULT 'own' NOT NULL;