import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../test/support/listen.ts';
import { startIssuer } from '../test/support/teams-issuer.ts';
import { perSecond, startMeasured } from './load/measured.ts';
import { slotOf, tenants } from './load/organisation.ts';
import { slackRequests } from './load/requests.ts';
const signingSecret = randomUUID();
const issuer = await startIssuer('a', 'b');
const chat = await listen((request, response) => { request.resume(); response.setHeader('content-type', 'application/json'); response.end(JSON.stringify({ ok: true, team_id: tenants.slack, user_id: 'UBOT', bot_id: 'B1', channel: 'D0', ts: '1.1', id: '1' })); });
const folder = mkdtempSync(join(tmpdir(), 'prof-'));
const ours = await startMeasured({ mode: 'ours', databasePath: join(folder, 'b.sqlite'), signingSecret, apiUrl: `${chat.url}/api`, teams: { appId: 'a', appPassword: 'b', metadataUrl: issuer.metadataUrl, issuer: issuer.issuer } }, (answer) => !/went wrong|too fast|out of date|"errors"/i.test(answer));
const slack = slackRequests(signingSecret, chat.url);
let n = 0;
for (let round = 0; round < 4; round++) {
  const all = Array.from({ length: 400 }, () => slack.book(n, ours.rooms[slotOf(n++).room] ?? ''));
  console.log('booking', await perSecond(ours, all, 50));
}
for (let round = 0; round < 2; round++) {
  const all = (await ours.pending(300)).map((it) => slack.approve(it.booking, ours.rooms.indexOf(it.room)));
  console.log('approve', await perSecond(ours, all, 50));
}
ours.stop();
setTimeout(() => process.exit(0), 4000);
