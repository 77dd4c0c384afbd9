import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { onTestFinished } from 'vitest';
import english from '../../assets/i18n/en.json' with { type: 'json' };
import type { Translate } from '../../main/texts/index.ts';

const root = join(import.meta.dirname, '../..');
const words = ' and then some more of it';

/** A text as a language of long words would have it: half as long again, and in brackets, so that a lost end is seen. */
export function lengthened(text: string): string {
  const visible = text.replace(/\{[^{}]*\}/g, 'xxxxxx').length;
  const more = Math.max(2, Math.ceil(visible * 0.4));
  return `[${text}${words.repeat(Math.ceil(more / words.length)).slice(0, more)}]`;
}

const catalogue: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(english).map(([key, text]) => [key, lengthened(text)]),
);

/** A catalogue as the bundler writes it: keys in quotes, texts in quotes or backticks. */
const catalogues = /\{(?:"[\w.-]+":(?:`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"),?){100,}\}/g;

function exchange(path: string): void {
  let count = 0;
  const code = readFileSync(path, 'utf8').replace(catalogues, (found) => {
    if (!new RegExp(`"app.cancel":.${english['app.cancel']}\\W`).test(found)) return found;
    count += 1;
    return JSON.stringify(catalogue);
  });
  if (count !== 1) throw new Error(`${path} holds ${count} English catalogues`);
  writeFileSync(path, code);
}

export interface PseudoBuild {
  /** For `launch({ build })`. */
  readonly build: string;
  readonly t: Translate;
}

/** The built application, speaking lengthened English; gone when the test ends. */
export function pseudoBuild(): PseudoBuild {
  const build = mkdtempSync(join(tmpdir(), 'tenant-keyring-pseudo-'));
  onTestFinished(() => rmSync(build, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(join(root, 'out'), join(build, 'out'), { recursive: true });
  cpSync(join(root, 'package.json'), join(build, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'), 'junction');
  cpSync(join(root, 'assets/servers'), join(build, 'assets/servers'), { recursive: true });
  mkdirSync(join(build, 'assets/i18n'), { recursive: true });
  writeFileSync(join(build, 'assets/i18n/en.json'), JSON.stringify(catalogue));
  const assets = join(build, 'out/renderer/assets');
  for (const name of readdirSync(assets)) if (/^en-.*\.js$/.test(name)) exchange(join(assets, name));
  return { build, t: (key, params = {}) => String(new IntlMessageFormat(catalogue[key] ?? key, 'en').format(params)) };
}
