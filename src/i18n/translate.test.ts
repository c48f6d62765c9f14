import { expect, test } from '@jest/globals';
import { createInstance } from 'i18next';
import { en } from './en/index.ts';
import type { MessageKey } from './keys.ts';
import { languages, translate } from './translate.ts';
import { zhCN } from './zh-CN/index.ts';
import { zhTW } from './zh-TW/index.ts';

type Catalogue = { readonly [name: string]: string | Catalogue };

const keysOf = (catalogue: Catalogue, prefix = ''): MessageKey[] =>
  Object.entries(catalogue).flatMap(([name, it]) =>
    typeof it === 'string' ? [`${prefix}${name}` as MessageKey] : keysOf(it, `${prefix}${name}.`),
  );

const catalogues = { en, 'zh-TW': zhTW, 'zh-CN': zhCN };
const figures = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);

test.each(languages)('[2.1] every text of %s is what i18next makes of it', async (language) => {
  const i18n = createInstance();
  await i18n.init({
    resources: { [language]: { translation: catalogues[language] } },
    lng: language,
    interpolation: { escapeValue: false, skipOnVariables: true },
  });
  for (const key of keysOf(catalogues[language])) {
    const names = figures(i18n.getResource(language, 'translation', key));
    // What people type is no place for figures, and a figure may be missing.
    const values = Object.fromEntries(
      names.map((name, n) => [name, n === 0 ? '{{name}} $t(common.x) <&> $&' : 7]),
    );
    const [first = '', ...rest] = names;
    const lacking = Object.fromEntries(rest.map((name) => [name, 3]));
    for (const given of [values, lacking, { ...lacking, [first]: 2 }])
      expect([key, translate(language, key, given)]).toEqual([key, i18n.t(key, given)]);
  }
});
