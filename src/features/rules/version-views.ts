import type { Card, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Difference } from './diff.ts';
import type { Standing } from './in-force.ts';
import type { RulesVersion } from './store.ts';
import { adminButtons, button, pageButtons } from './views.ts';
import { differenceText, type RoomLabels } from './words.ts';

/** A version with what there is to say about it; `changes` null: it is the first one. */
export type Told = {
  version: RulesVersion;
  author: string;
  standing: Standing;
  changes: Difference[] | null;
};

const tones: Record<Standing, Tone> = {
  inForce: 'good',
  coming: 'warning',
  past: 'neutral',
  overtaken: 'neutral',
};

const beginText = (reader: Reader, { from }: RulesVersion): string =>
  from === 0 ? reader.t('rules.versions.start') : reader.moment(from);

const changesOnPage = 8;

/** One version: who made it, from when it holds, and everything in which it differs from the one before (10.2). */
export function versionCard(
  reader: Reader,
  { version, author, standing, changes }: Told,
  its: { rooms: RoomLabels; page: number; admin: boolean; isNew?: boolean },
): Card {
  const all = changes ?? [];
  const pages = Math.max(1, Math.ceil(all.length / changesOnPage));
  const page = Math.min(its.page, pages);
  const number = version.version;
  return {
    layout: 'list',
    tone: tones[standing],
    title: reader.t('rules.versions.one', { version: number }),
    badge: reader.t(`rules.standing.${standing}`),
    ...(its.isNew && { banner: { tone: 'good', text: savedText(reader, version, standing) } }),
    ...(changes === null && { text: [reader.t('rules.versions.first')] }),
    facts: [
      { label: reader.t('rules.versions.by'), value: author },
      { label: reader.t('rules.begin.label'), value: beginText(reader, version) },
    ],
    rows: all
      .slice((page - 1) * changesOnPage, page * changesOnPage)
      .map((change) => ({ title: differenceText(reader, change, its.rooms) })),
    actions: [
      ...pageButtons(reader, { page, pages, command: 'rules.version', data: { version: String(number) } }),
      ...(its.admin ? adminButtons(reader) : []),
      button(reader.t('rules.button.history'), 'rules.history'),
      button(reader.t('rules.button.rules'), 'rules.show'),
    ],
    ...(pages > 1 && { footnote: reader.t('common.page', { page, pages }) }),
  };
}

/** What a new version means for bookings (10.2). */
export const savedText = (reader: Reader, { version, from }: RulesVersion, standing: Standing): string =>
  standing === 'coming'
    ? reader.t('rules.saved.later', { version, from: { instant: from } })
    : reader.t('rules.saved.now', { version });

/** So many changes are told in the list of versions; the rest behind a button. */
const changesInList = 4;

/** All versions, the last one made first. */
export function historyCard(
  reader: Reader,
  it: { versions: readonly Told[]; rooms: RoomLabels; page: number; pages: number },
): Card {
  const row = ({ version, author, standing, changes }: Told): Row => {
    const told = (changes ?? []).slice(0, changesInList).map((one) => differenceText(reader, one, it.rooms));
    const more = (changes?.length ?? 0) - told.length;
    return {
      title: reader.t('rules.versions.one', { version: version.version }),
      badge: reader.t(`rules.standing.${standing}`),
      tone: tones[standing],
      text: [
        reader.t('rules.versions.made', { from: beginText(reader, version), by: author }),
        ...(changes === null ? [reader.t('rules.versions.first')] : told),
        ...(more > 0 ? [reader.t('rules.versions.more', { count: more })] : []),
      ].join('\n'),
      actions: [button(reader.t('rules.button.show'), 'rules.version', { version: String(version.version) })],
    };
  };
  const { page, pages } = it;
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('rules.versions.all'),
    rows: it.versions.map(row),
    actions: [
      ...pageButtons(reader, { page, pages, command: 'rules.history' }),
      button(reader.t('rules.button.rules'), 'rules.show'),
    ],
    ...(pages > 1 && { footnote: reader.t('common.page', { page, pages }) }),
  };
}
