import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { languages } from '../src/i18n/translate.ts';
import { teamsPackage } from './teams-package.ts';
import { zip } from './zip.ts';

const app = {
  appId: '7a7b5b1e-6c0f-4a59-9f39-0d4e5a3c1f11',
  version: '1.2.3',
  organisation: 'Example Organisation with quite a long name',
  website: 'https://rooms.example.com',
  privacy: 'https://rooms.example.com/privacy',
  terms: 'https://rooms.example.com/terms',
};

test('[2.1] the package has what Teams asks for, by its own schema', () => {
  const files = teamsPackage(app);
  expect(Object.keys(files).sort()).toEqual([
    'color.png',
    'manifest.json',
    'outline.png',
    'zh-cn.json',
    'zh-tw.json',
  ]);
  const manifest = JSON.parse(String(files['manifest.json']));
  expect(manifest).toMatchObject({ id: app.appId, version: '1.2.3', bots: [{ botId: app.appId }] });
  expect(manifest.localizationInfo.additionalLanguages).toHaveLength(languages.length - 1);
});

test('[2.1] commands are described in every language', () => {
  const files = teamsPackage(app);
  const [{ commands }] = JSON.parse(String(files['manifest.json'])).bots[0].commandLists;
  expect(commands[0]).toEqual({ title: 'book', description: 'Ask for a room' });
  const chinese = JSON.parse(String(files['zh-tw.json']));
  expect(chinese['bots[0].commandLists[0].commands[0].description']).toBe('申請會議室');
});

test('[2.1] what the schema refuses is not packed', () => {
  expect(() => teamsPackage({ ...app, appId: 'not an id', website: 'ftp://x' })).toThrow(
    /\/id.*\n.*websiteUrl/s,
  );
});

test.each([
  ['color.png', 192],
  ['outline.png', 32],
])('[2.1] %s is a picture of %d pixels each way', (name, size) => {
  const png = teamsPackage(app)[name] ?? Buffer.alloc(0);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});

test('[2.1] the archive holds the files, and reads back as they were', () => {
  const files = { 'a.txt': Buffer.from('a'.repeat(1000)), 'ü/b.bin': Buffer.from([0, 255, 7]) };
  const archive = zip(files);
  for (const [name, content] of Object.entries(files)) {
    const start = archive.indexOf(Buffer.from(name));
    const packed = archive.readUInt32LE(start - 12);
    const data = archive.subarray(start + Buffer.byteLength(name));
    expect(inflateRawSync(data.subarray(0, packed))).toEqual(content);
  }
});
