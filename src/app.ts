import type { Server } from 'node:http';
import express from 'express';
import { createDispatch } from './chat/dispatch.ts';
import type { Messenger } from './chat/ports.ts';
import { createRegistry } from './chat/registry.ts';
import { createSlack } from './chat/slack/index.ts';
import { createTeams } from './chat/teams/index.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Feature } from './core/feature.ts';
import type { Logger } from './core/logger.ts';
import { openDatabase } from './db/database.ts';
import { createInstallations } from './db/installations.ts';
import { createApproval } from './features/approval/index.ts';
import { createBooking, createBookingService } from './features/booking/index.ts';
import { delivery, onFailed, onUnreachable } from './features/delivery/index.ts';
import { home } from './features/home/index.ts';
import { createDirectory, createPeople } from './features/people/index.ts';
import { reminder } from './features/reminder/index.ts';
import { rooms } from './features/rooms/index.ts';
import { createRules, ensureRules } from './features/rules/index.ts';
import { createBullQueue, createDelivery, createInProcessQueue } from './queue/index.ts';
import { react } from './reactions.ts';

export type App = {
  /** The port that it listens on. */
  port: number;
  /** Stops taking requests, lets what is under way finish for at most `graceMs`, and closes everything. */
  stop(graceMs: number): Promise<void>;
};
