import { expect, test } from '@jest/globals';
import { svgToPng } from './svg-to-png.ts';

const written = (text: string, family = 'Noto Sans TC, Noto Sans SC'): Promise<Buffer> =>
  svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><text x="10" y="40" font-size="30" font-family="${family}">${text}</text></svg>`,
  );

test('[2.8] the picture has the size of the drawing', async () => {
  const png = await written('Alps');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([200, 60]);
});

test('[2.8] Chinese of both scripts is drawn by the fonts that come along, each character as itself', async () => {
  // What no font has is drawn as one and the same box.
  const box = await written('\u{10FFFD}');
  expect(box.equals(await written('\u{10FFFC}'))).toBe(true);
  const drawn = new Set([box.toString('base64')]);
  for (const text of '會議会议骨') drawn.add((await written(text)).toString('base64'));
  expect(drawn.size).toBe(6);
});

test('[2.8] a character that both scripts write differently is drawn as its reader knows it', async () => {
  const taiwan = await written('骨', 'Noto Sans TC');
  expect(taiwan.equals(await written('骨', 'Noto Sans SC'))).toBe(false);
});

test('[2.8] the same drawing gives the same picture', async () => {
  const once = await written('玉山廳');
  expect(once.equals(await written('玉山廳'))).toBe(true);
});
