CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `deployment` (
	`id` text PRIMARY KEY NOT NULL,
	`beat` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`key` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`answer` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inbox_at` ON `inbox` (`at`);--> statement-breakpoint
CREATE TABLE `installation` (
	`tenant` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `live_card` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`account` text NOT NULL,
	`conversation` text NOT NULL,
	`message` text NOT NULL,
	`view` text NOT NULL,
	`subject` text NOT NULL,
	`data` text NOT NULL,
	`revision` integer NOT NULL,
	`sent_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_card_message` ON `live_card` (`conversation`,`message`);--> statement-breakpoint
CREATE INDEX `live_card_subject` ON `live_card` (`subject`,`revision`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`person` text,
	`subject` text,
	`data` text NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`error` text,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_subject` ON `outbox` (`subject`,`name`);--> statement-breakpoint
CREATE TABLE `booking` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`revision` integer NOT NULL,
	`rules_version` integer NOT NULL,
	`requested_at` integer NOT NULL,
	`room` text NOT NULL,
	`host` text NOT NULL,
	`topic` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`headcount` integer NOT NULL,
	`equipment` text NOT NULL,
	`confidential` integer NOT NULL,
	`note` text NOT NULL,
	`state_kind` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_number` ON `booking` (`number`);--> statement-breakpoint
CREATE INDEX `booking_host` ON `booking` (`host`,`start_at`);--> statement-breakpoint
CREATE INDEX `booking_state` ON `booking` (`state_kind`,`start_at`);--> statement-breakpoint
CREATE TABLE `booking_attendee` (
	`booking` text NOT NULL,
	`person` text NOT NULL,
	`place` integer NOT NULL,
	PRIMARY KEY(`booking`, `person`)
);
--> statement-breakpoint
CREATE INDEX `booking_attendee_person` ON `booking_attendee` (`person`,`booking`);--> statement-breakpoint
CREATE TABLE `booking_transition` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`booking` text NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`source` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`rules_version` integer NOT NULL,
	`event` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_transition_revision` ON `booking_transition` (`booking`,`revision`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`platform` text NOT NULL,
	`tenant` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`locale` text,
	`zone` text,
	`conversation` text,
	`checked_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`welcomed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_user` ON `account` (`platform`,`tenant`,`user_id`);--> statement-breakpoint
CREATE INDEX `account_person` ON `account` (`person`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`language` text,
	`created_at` integer NOT NULL,
	`same_as` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email` ON `person` (`email`);--> statement-breakpoint
CREATE TABLE `person_role` (
	`person` text NOT NULL,
	`role` text NOT NULL,
	`since` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`person`, `role`)
);
--> statement-breakpoint
CREATE TABLE `room` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`site` text NOT NULL,
	`floor` text NOT NULL,
	`zone` text NOT NULL,
	`kind` text NOT NULL,
	`capacity` integer NOT NULL,
	`equipment` text NOT NULL,
	`opens` integer,
	`closes` integer,
	`max_minutes` integer,
	`buffer` integer NOT NULL,
	`join_link` text,
	`active` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `room_name` ON `room` (`site`,`name`);--> statement-breakpoint
CREATE TABLE `room_reviewer` (
	`room` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`room`, `person`)
);
--> statement-breakpoint
CREATE INDEX `room_reviewer_person` ON `room_reviewer` (`person`);--> statement-breakpoint
CREATE TABLE `slot` (
	`id` text PRIMARY KEY NOT NULL,
	`room` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`owner` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slot_room` ON `slot` (`room`,`start_at`,`end_at`,`owner`);--> statement-breakpoint
CREATE INDEX `slot_end` ON `slot` (`end_at`,`start_at`,`room`);--> statement-breakpoint
CREATE INDEX `slot_owner` ON `slot` (`owner`);--> statement-breakpoint
CREATE TABLE `rules_version` (
	`version` integer PRIMARY KEY NOT NULL,
	`in_force_from` integer NOT NULL,
	`by` text NOT NULL,
	`document` text NOT NULL
);
