import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(String(workerData), { readonly: true, fileMustExist: true });
try {
  parentPort?.postMessage(db.pragma('quick_check(1)', { simple: true }));
} catch (cause) {
  if (!(cause instanceof Database.SqliteError)) throw cause;
  parentPort?.postMessage(cause.message);
} finally {
  db.close();
}
