import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { CardJson } from './limits.ts';

/*
 * The layouts in adaptive-cards/. They hold no text of their own; a piece that several of them share stands in
 * parts/ and is named by {"$part": "header"}. Data goes in as data: what a person typed is never read as part
 * of a template.
 */

const root = join(import.meta.dirname, '../../../adaptive-cards');

const load = (folder: string): Map<string, unknown> =>
  new Map(
    readdirSync(join(root, folder)).map((file) => [
      file.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(root, folder, file), 'utf8')),
    ]),
  );

const parts = load('parts');

function withParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withParts);
  if (typeof node !== 'object' || node === null) return node;
  if ('$part' in node) return withParts(parts.get(String(node.$part)));
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withParts(value)]));
}

const templates = (folder: string): Map<string, Template> =>
  new Map([...load(folder)].map(([name, json]) => [name, new Template(withParts(json))]));

const layouts = templates('layouts');
const forms = templates('forms');

/** Names of the templates that there are, by kind. */
export const layoutNames = { card: [...layouts.keys()], form: [...forms.keys()] };

/** Fills the card layout of that name, or the general one where there is none. */
export const fillCard = (layout: string, data: object): CardJson =>
  fill(layouts.get(layout) ?? layouts.get('card'), data);

/** Fills the form layout of that name, or the general one where there is none. */
export const fillForm = (layout: string, data: object): CardJson =>
  fill(forms.get(layout) ?? forms.get('form'), data);

function fill(template: Template | undefined, data: object): CardJson {
  if (!template) throw new Error(`no general template in ${root}`);
  return template.expand({ $root: data }) as CardJson;
}
