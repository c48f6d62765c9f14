import { workerData } from 'node:worker_threads';
import { openReader } from '../../db/reader.ts';
import { countPart } from './count.ts';
import { serve } from './thread.ts';
import type { Share } from './together.ts';

/* The second thread of together.ts: counts its part of a period, with a read connection of its own. */

const { read } = openReader(workerData.databasePath);

serve(({ query, part }: Share) => countPart(read, query, part));
