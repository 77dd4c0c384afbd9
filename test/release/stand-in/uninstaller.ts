import { readFileSync, writeFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/**
 * `node uninstaller.ts SETUP UNINSTALLER`: takes the uninstaller out of a setup program that writes it when it runs, because
 * nothing runs it here. As electron-builder does on macOS (app-builder-lib, nsisUtil.ts, UninstallerReader), which does not
 * know the sections of Debian's stub.
 */
const [, , setup = '', uninstaller = ''] = process.argv;

/** What stands before the data (NSIS, Source/exehead/fileform.h, `firstheader`): flags, this, and two lengths. */
const signature = Buffer.from('efbeadde4e756c6c736f6674496e7374', 'hex');
const sizeOfHeader = 28;
const isHeader = (block: Buffer): boolean => block.subarray(4, 20).equals(signature);

const bytes = readFileSync(setup);
const begin = bytes.indexOf(signature) - 4;
if (begin < 0) throw new Error(`not a setup program of NSIS: ${setup}`);

// Blocks, each behind its length, of which the highest bit says that it is compressed.
const found: Buffer[] = [];
let at = begin + sizeOfHeader;
while (at + 4 < bytes.length) {
  const length = bytes.readUInt32LE(at);
  const size = length & 0x7fff_ffff;
  const block = bytes.subarray(at + 4, at + 4 + size);
  at += 4 + size;
  if (size === 0 || block.length < size) break;
  const data = length >>> 31 === 1 ? inflateRawSync(block) : block;
  if (isHeader(data)) found.push(data);
}
const [only] = found;
if (only === undefined || found.length > 1) throw new Error(`${found.length} uninstallers in ${setup}`);
writeFileSync(uninstaller, Buffer.concat([bytes.subarray(0, begin), only]));
