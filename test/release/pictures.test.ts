import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const icon = readFileSync('assets/icon.ico');
const entries = Array.from({ length: icon.readUInt16LE(4) }, (_, index) => icon.subarray(6 + index * 16, 22 + index * 16));
const pictureOf = (entry: Buffer) => icon.subarray(entry.readUInt32LE(12), entry.readUInt32LE(12) + entry.readUInt32LE(8));

it('the icon has every size that Windows shows, the largest as PNG', () => {
  expect(entries.map((entry) => entry[0])).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 0]);
  const isPng = (entry: Buffer) => pictureOf(entry).subarray(1, 4).toString('latin1') === 'PNG';
  expect(entries.map(isPng)).toEqual([...Array.from({ length: 8 }, () => false), true]);
});

it('the small sizes are drawings of their own, not the large one made smaller: two colours fill them, whole pixels of each', () => {
  for (const entry of entries.slice(0, 4)) {
    const pixels = pictureOf(entry).subarray(40, 40 + (entry[0] ?? 0) ** 2 * 4);
    const colours = Array.from({ length: pixels.length / 4 }, (_, index) => pixels.readUInt32LE(index * 4));
    const whole = colours.filter((colour) => colour === 0xff_1a_62_89 || colour === 0xff_ff_ff_ff).length;
    expect(whole / colours.length, `${entry[0]} px`).toBeGreaterThan(0.75);
  }
});

it.each([
  ['sidebar', 164, 314],
  ['header', 150, 57],
])('the installer’s %s is a bitmap of the size it shows', (name, width, height) => {
  const bitmap = readFileSync(`assets/installer/${name}.bmp`);
  expect([
    bitmap.toString('latin1', 0, 2),
    bitmap.readInt32LE(18),
    bitmap.readInt32LE(22),
    bitmap.readUInt16LE(28),
    bitmap.readUInt32LE(30),
  ]).toEqual(['BM', width, height, 24, 0]);
});
