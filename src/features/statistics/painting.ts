import type { PersonId } from '../../core/ids.ts';
import type { Picture } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { scriptFor } from '../../pictures/index.ts';
import type { Drawing } from './background.ts';
import type { StatisticsDeps } from './deps.ts';
import type { Statistics } from './domain.ts';
import { type ExhibitName, exhibit } from './exhibits.ts';
import { altText } from './views.ts';

/** For whom a picture is painted, and for how long, where that is another time than usual. */
export type For = { reader: Reader; person: PersonId; lasts?: number };

/** The picture of one part of the statistics; null: there is nothing to draw, or nowhere to show it. */
export async function pictureOf(
  deps: StatisticsDeps,
  whom: For,
  it: { statistics: Statistics; name: ExhibitName; about: string },
): Promise<Picture | null> {
  const { reader } = whom;
  const shown = exhibit(reader, it.statistics, it.name);
  const spec = shown.chart({ title: reader.t(`statistics.picture.${it.name}`), subtitle: it.about });
  if (!spec) return null;
  const drawing = { kind: 'chart', spec, script: scriptFor(reader.language) } as const;
  return publish(deps, whom, drawing, altText(reader, it.name, it.about, shown));
}

/** Paints a picture for somebody. */
export async function publish(
  { background, pictures }: StatisticsDeps,
  { person, lasts }: Omit<For, 'reader'>,
  drawing: Drawing,
  alt: string,
): Promise<Picture | null> {
  return pictures ? pictures.publish(await background.draw(drawing), alt, person, lasts) : null;
}
