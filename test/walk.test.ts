import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resultView, renderForm as slackForm } from '../src/chat/slack/form.ts';
import { checkMessage, checkView } from '../src/chat/slack/limits.ts';
import { renderCard as slackCard, renderNote as slackNote } from '../src/chat/slack/render.ts';
import { checkCard } from '../src/chat/teams/limits.ts';
import {
  renderCard as teamsCard,
  renderForm as teamsForm,
  renderNote as teamsNote,
} from '../src/chat/teams/render.ts';
import { day } from '../src/core/clock.ts';
import type { Action, Answer, Card, Form } from '../src/core/view.ts';
import { keepPublicUrl } from '../src/features/files/index.ts';
import { en } from '../src/i18n/en/index.ts';
import type { MessageKey } from '../src/i18n/keys.ts';
import { createReader } from '../src/i18n/reader.ts';
import { languages } from '../src/i18n/translate.ts';
import { cardOf, formOf } from './support/answers.ts';
import { at } from './support/examples.ts';
import { walkApprovals } from './support/walk-approvals.ts';
import { walkCalendar } from './support/walk-calendar.ts';
import { walkChange } from './support/walk-change.ts';
import { walkDrafts } from './support/walk-drafts.ts';
import { walkHome } from './support/walk-home.ts';
import { walkRecords } from './support/walk-records.ts';
import { walkRules } from './support/walk-rules.ts';
import { walkSeries } from './support/walk-series.ts';
import { walkStatistics } from './support/walk-statistics.ts';
import { createWorld, type Someone, type World } from './support/world.ts';

/*
 * Every command and every view of the product, driven through the real dispatch in each language, and every
 * single text of the catalogues: all of it through both renderers, and each result held to its platform's limits.
 */

type Shown = { name: string; answer: Answer };

/** The longest that anybody may type, with everything in it that a platform could take for something else. */
const nasty = `<!channel> *b* _i_ [x](https://e.org) @everyone {{DATE(2026-01-01)}} \u202Eשלום 🎉 \${x} `
  .repeat(3)
  .slice(0, 150)
  .trim();

describe.each(languages)('in %s', (language) => {
  let world: World;
  const shown: Shown[] = [];
  const reader = createReader(language, 'America/New_York', at('2026-12-01T09:00'));

  beforeAll(async () => {
    world = await createWorld({
      admins: ['ida@example.org'],
      sender: { name: 'Rooms', address: 'rooms@example.org' },
    });
    await world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
    await walk(world, language, shown);
  });
  afterAll(() => world.stop());

  test('[2.6] every command has answered and every view was shown', () => {
    const commands = new Set(world.outcomes.map((it) => it.command));
    expect([...world.registry.commands.keys()].filter((name) => !commands.has(name))).toEqual([]);
    const views = new Set(shown.map((it) => it.name));
    const cards = [...world.registry.views.keys(), ...world.registry.posts.keys()];
    expect(cards.filter((name) => !views.has(name))).toEqual([]);
  });

  test('[2.6] everything keeps to the limits of Slack', () => {
    const problems = shown.flatMap(({ name, answer }) =>
      slackProblems(answer).map((problem) => `${name}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  test('[2.6] everything keeps to the limits of Teams, with a label for every input', () => {
    const problems = shown.flatMap(({ name, answer }) =>
      teamsProblems(answer).map((problem) => `${name}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  test('[2.6] every text of the catalogue fits as a message, a field error and a button', () => {
    const problems = keysOf(en).flatMap((key) => {
      const text = reader.t(key, { count: 2 });
      const note: Answer = { kind: 'note', tone: 'bad', text };
      return [...slackProblems(note), ...teamsProblems(note)].map((problem) => `${key}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });

  function slackProblems(answer: Answer): string[] {
    if (answer.kind === 'note') return checkMessage(slackNote(answer.tone, answer.text));
    if (answer.kind !== 'card') return checkView(slackForm(answer.form, language));
    const { card } = answer;
    return [
      ...checkMessage(slackCard(card, reader)),
      ...checkView(resultView(card, reader)),
      ...asksOf(card).flatMap((ask) => checkView(slackForm(ask, language))),
    ];
  }

  function teamsProblems(answer: Answer): string[] {
    const options = { reader, token: () => 'token' };
    if (answer.kind === 'note') return checkCard(teamsNote(answer.tone, answer.text, options));
    return checkCard(
      answer.kind === 'card' ? teamsCard(answer.card, options) : teamsForm(answer.form, options),
    );
  }
});

const actionsOf = (card: Card): Action[] => [
  ...(card.actions ?? []),
  ...(card.rows ?? []).flatMap((row) => row.actions ?? []),
];

/** The forms that buttons of a card unfold. */
const asksOf = (card: Card): Form[] =>
  actionsOf(card).flatMap((action) =>
    action.kind === 'command' && action.ask
      ? [{ ...action.ask, layout: 'form', command: action.command, data: { ...action.data, token: '' } }]
      : [],
  );

function keysOf(texts: object, path = ''): MessageKey[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [`${path}${name.replace(/_(one|other)$/, '')}` as MessageKey]
      : keysOf(text, `${path}${name}.`),
  );
}

/** Does everything that people can do, and keeps what they were shown. */
async function walk(world: World, locale: string, shown: Shown[]): Promise<void> {
  const someone = (name: string) => world.person(name, { locale, zone: 'America/New_York' });
  const [ida, ann, bo, rae] = [
    await someone('ida'),
    await someone('ann'),
    await someone('bo'),
    await someone('rae'),
  ];
  const act = async (who: Someone, command: string, data: Record<string, string> = {}) => {
    const answered = await world.act(who, { command, data });
    shown.push({ name: command, answer: answered.answer });
    return answered;
  };
  const submit = async (who: Someone, form: Form, typed: Parameters<World['submit']>[2]) => {
    const answered = await world.submit(who, form, typed);
    shown.push({ name: form.command, answer: answered.answer });
    return answered;
  };
  const view = async (who: Someone, name: string, data: Record<string, string>) => {
    const card = await world.sent(who, name, data);
    if (!card) throw new Error(`${name} shows nothing`);
    shown.push({ name, answer: { kind: 'card', card } });
  };

  const show = (name: string, card: Card) => shown.push({ name, answer: { kind: 'card', card } });

  await act(ann, 'rooms.list');
  await act(ann, 'booking.list');
  await act(ann, 'booking.list', { list: 'past' });
  await act(ann, 'approval.list');
  const link = { joinLink: 'https://meet.example.org/alps', kind: 'hybrid' as const };
  const alps = await world.room({ name: 'Alps', reviewers: [rae], ...link });
  for (let n = 0; n < 12; n++) await world.room({ name: `Hall ${n}`, reviewers: [rae] });
  await world.room({ name: 'Attic', reviewers: [rae], active: false });

  for (const name of ['home.help', 'people.language', 'rules.show', 'booking.open', 'rooms.list'])
    await act(ann, name);
  for (const name of ['home.help', 'people.roles', 'people.roleForm', 'rooms.add', 'rooms.list'])
    await act(ida, name);
  await act(ann, 'home.welcome');
  await act(ann, 'people.roles');
  await act(ann, 'rooms.list', { text: nasty });
  await act(ida, 'rooms.list', { page: '2' });
  await act(ida, 'people.setLanguage', { language: locale });
  await submit(ida, formOf(await act(ida, 'people.roleForm')), {
    people: [bo.caller.userId],
    role: 'supervisor',
  });
  await act(ida, 'people.roles');
  await act(ida, 'people.takeRole', { person: bo.person, role: 'supervisor' });

  const roomForm = formOf(await act(ida, 'rooms.add'));
  await submit(ida, roomForm, {
    name: '',
    capacity: 'x',
    zone: '?',
    opens: '7',
    closes: '23:00',
    joinLink: '?',
  });
  await submit(ida, roomForm, { name: 'New', site: 'Berlin', capacity: '4', reviewers: [rae.caller.userId] });
  await act(ida, 'rooms.edit', { room: alps });
  await act(ida, 'rooms.editNamed', { text: 'Alps' });
  await act(ida, 'rooms.editNamed', { text: 'Hall' });

  const form = formOf(await act(ann, 'booking.open', { room: alps }));
  const typed = {
    room: alps,
    topic: nasty,
    note: nasty.repeat(3),
    date: '2026-12-03',
    duration: '60',
    attendees: [bo.caller.userId],
    equipment: ['projector'],
    confidential: true,
  };
  await submit(ann, form, { room: '', topic: '', date: '', start: '', duration: '', headcount: 'x' });
  await submit(ann, form, { ...typed, start: '03:00', headcount: '99' });
  await submit(ann, form, { ...typed, room: 'any', start: '10:00', headcount: '99' });
  const book = async (start: string) => world.book(ann, { ...typed, start });
  const [approved, rejected, withdrawn, expired] = [
    await book('09:00'),
    await book('10:00'),
    await book('11:00'),
    await book('12:00'),
  ];
  await submit(bo, formOf(await act(bo, 'booking.open')), { ...typed, start: '09:00', attendees: [] });
  await act(rae, 'approval.list');
  await view(rae, 'approval.request', { booking: approved });
  await view(ann, 'booking.host', { booking: approved });
  await act(rae, 'approval.approve', { booking: approved });
  await act(rae, 'approval.approve', { booking: approved });
  await act(bo, 'approval.approve', { booking: rejected });
  const asked = cardOf(await act(rae, 'approval.list'));
  shown.push({ name: 'approval.list', answer: { kind: 'card', card: asked } });
  const reject = { command: 'approval.reject', data: { booking: rejected } };
  for (const reason of ['', nasty.repeat(3)])
    shown.push({
      name: 'approval.reject',
      answer: (await world.act(rae, { ...reject, values: { reason } })).answer,
    });
  await act(ann, 'booking.withdraw', { booking: withdrawn });
  await act(ann, 'booking.withdraw', { booking: withdrawn, list: 'upcoming', page: '1' });
  await act(bo, 'booking.withdraw', { booking: approved });

  await view(bo, 'booking.invited', { booking: approved });
  await view(ann, 'booking.news', { booking: approved, news: 'approved' });
  await view(ann, 'booking.news', { booking: rejected, news: 'rejected' });
  await view(bo, 'booking.news', { booking: withdrawn, news: 'withdrawn' });
  await view(ann, 'delivery.unreached', { booking: approved, person: bo.person });
  await view(ida, 'delivery.failed', {
    kind: 'booking.news',
    error: 'timeout',
    job: 'tell',
    person: bo.person,
  });
  await view(ida, 'delivery.failed', { kind: 'booking.expire', error: 'timeout', job: 'run', person: '' });
  for (const booking of [approved, rejected, withdrawn]) await view(ann, 'booking.host', { booking });

  const people = { admin: ida, host: ann, other: bo, reviewer: rae };
  await walkApprovals({ world, act, submit, view }, people, nasty);
  await walkDrafts({ world, act, submit, view }, people, nasty);
  await walkSeries({ world, act, submit, view }, people, nasty);
  await walkChange({ world, act, submit, view }, people, nasty);
  await walkCalendar({ act }, people, alps, nasty);
  await walkRecords({ world, act, submit, view }, people, { booking: approved, rejected, room: alps }, nasty);
  await walkStatistics({ world, act, submit, view, show }, people, nasty);
  await walkHome(
    { world, act, submit, view },
    { host: ann, attendee: bo, reviewer: rae, booking: approved, room: alps },
    { day: '2026-12-03', morning: at('2026-12-03T08:00') },
    nasty,
  );

  world.moveTo(at('2026-12-03T12:00', 'America/New_York') + day);
  await world.run('booking.expire', { booking: expired });
  await view(ann, 'booking.host', { booking: expired });
  await view(ann, 'booking.news', { booking: expired, news: 'expired' });
  await act(rae, 'approval.reject', { booking: expired });
  await act(ann, 'booking.list', { list: 'past' });
  await walkRules({ act, submit }, ida, ann, nasty);
}
