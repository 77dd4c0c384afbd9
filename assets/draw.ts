import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { Data } from 'resedit';
import { findChromium } from '../test/host/chromium.ts';

// `node assets/draw.ts`: makes icon.ico, icon.png and the installer's pictures anew from the drawings in assets/icon.
const here = import.meta.dirname;
const drawing = (name: string) => readFileSync(join(here, 'icon', name), 'utf8');

/** The drawing of each size, in pixels: the small ones stand on their own pixels, or on exactly four for each. */
const sizes = {
  16: 'icon-16.svg',
  20: 'icon-20.svg',
  24: 'icon-24.svg',
  32: 'icon-32.svg',
  40: 'icon-20.svg',
  48: 'icon-24.svg',
  64: 'icon.svg',
  128: 'icon.svg',
  256: 'icon.svg',
} as const;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha; rows from the top. */
  readonly pixels: Uint8Array;
  readonly png: Buffer;
}

async function draw(page: Page, svg: string, width: number, height: number): Promise<Picture> {
  const url = await page.evaluate(
    async ([source, w, h]) => {
      const image = new Image(w, h);
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0, w, h);
      const { data } = context?.getImageData(0, 0, w, h) ?? { data: [] };
      return { png: canvas.toDataURL('image/png'), pixels: [...data] };
    },
    [svg, width, height] as const,
  );
  return { width, height, pixels: Uint8Array.from(url.pixels), png: Buffer.from(url.png.slice(url.png.indexOf(',') + 1), 'base64') };
}

/** BITMAPINFOHEADER ("Bitmap Header Types", Microsoft Learn), without compression. */
function bitmapHeader(width: number, height: number, bits: 24 | 32): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  return header;
}

/** Rows from the bottom, blue first, each filled up to four bytes. */
function bitmapRows({ width, height, pixels }: Picture, bits: 24 | 32): Buffer {
  const bytes = bits / 8;
  const stride = Math.ceil((width * bytes) / 4) * 4;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = (height - 1 - y) * stride + x * bytes;
      for (const [channel, at] of [2, 1, 0, 3].slice(0, bytes).entries()) rows[to + channel] = pixels[from + at] ?? 0;
    }
  }
  return rows;
}

/** Of an icon's pictures only the largest is a PNG: that is what every reader of .ico files understands. */
function iconPicture(picture: Picture): Data.IconFileItem {
  const { width, height, png } = picture;
  if (width === 256) return { width, height, planes: 1, bitCount: 32, data: Data.RawIconItem.from(png, width, height, 32) };
  // With an alpha channel the mask that follows is not looked at; it is there, and empty.
  const mask = Buffer.alloc(Math.ceil(width / 32) * 4 * height);
  const bitmap = Buffer.concat([bitmapHeader(width, height * 2, 32), bitmapRows(picture, 32), mask]);
  return { width, height, planes: 1, bitCount: 32, data: Data.IconItem.from(width, height, bitmap) };
}

/** A .bmp file: BITMAPFILEHEADER, BITMAPINFOHEADER, pixels. */
function bitmapFile(picture: Picture): Buffer {
  const rows = bitmapRows(picture, 24);
  const file = Buffer.alloc(14);
  file.write('BM', 'latin1');
  file.writeUInt32LE(54 + rows.length, 2);
  file.writeUInt32LE(54, 10);
  return Buffer.concat([file, bitmapHeader(picture.width, picture.height, 24), rows]);
}

/** The inside of a drawing, to be set into another one. */
const inside = (svg: string) => svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
const keys = inside(drawing('icon.svg')).replace(/<rect[^>]*\/>/, '');
const sidebar = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 164 314"><rect width="164" height="314" fill="#1a5a86"/>
  <rect width="164" height="314" fill="url(#tile)"/>
  <g fill="none" stroke="#fff" stroke-opacity="0.08" stroke-width="14"><circle cx="20" cy="286" r="70"/><circle cx="140" cy="318" r="52"/></g>
  <g transform="translate(-15 62) scale(0.66)">${keys}</g></svg>`;
const header = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 57"><rect width="150" height="57" fill="#fff"/>
  <svg x="97" y="4" width="48" height="48" viewBox="0 0 24 24">${inside(drawing('icon-24.svg'))}</svg></svg>`;

const executable = findChromium();
if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed (Debian: chromium)');
const browser = await chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage();
const icon = new Data.IconFile();
for (const [size, name] of Object.entries(sizes)) icon.icons.push(iconPicture(await draw(page, drawing(name), Number(size), Number(size))));
writeFileSync(join(here, 'icon.ico'), Buffer.from(icon.generate()));
writeFileSync(join(here, 'icon.png'), (await draw(page, drawing('icon.svg'), 256, 256)).png);
writeFileSync(join(here, 'installer/sidebar.bmp'), bitmapFile(await draw(page, sidebar, 164, 314)));
writeFileSync(join(here, 'installer/header.bmp'), bitmapFile(await draw(page, header, 150, 57)));
await browser.close();
