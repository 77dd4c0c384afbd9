import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { build as bundle, type Plugin } from 'vite';
import { onTestFinished } from 'vitest';
import english from '../../assets/i18n/en.json' with { type: 'json' };
import type { Translate } from '../../main/texts/index.ts';
import { rendererBuild } from '../../renderer/vite.config.ts';

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

/** In the place of the English catalogue, before the bundler takes it into halves. */
const exchanged: Plugin = {
  name: 'lengthened-english',
  enforce: 'pre',
  load: { filter: { id: /\/assets\/i18n\/en\.json/ }, handler: () => ({ code: JSON.stringify(catalogue), moduleType: 'json' }) },
};

export interface PseudoBuild {
  /** For `launch({ build })`. */
  readonly build: string;
  readonly t: Translate;
}

/** The built application, speaking lengthened English; gone when the test ends. */
export async function pseudoBuild(): Promise<PseudoBuild> {
  const build = mkdtempSync(join(tmpdir(), 'tenant-keyring-pseudo-'));
  onTestFinished(() => rmSync(build, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(join(root, 'out'), join(build, 'out'), { recursive: true, filter: (path) => path !== join(root, 'out/renderer') });
  cpSync(join(root, 'package.json'), join(build, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'), 'junction');
  cpSync(join(root, 'assets/servers'), join(build, 'assets/servers'), { recursive: true });
  mkdirSync(join(build, 'assets/i18n'), { recursive: true });
  writeFileSync(join(build, 'assets/i18n/en.json'), JSON.stringify(catalogue));
  const outDir = join(build, 'out/renderer');
  await bundle({
    ...rendererBuild,
    plugins: [exchanged, ...(rendererBuild.plugins ?? [])],
    build: { ...rendererBuild.build, outDir, emptyOutDir: true },
  });
  return { build, t: (key, params = {}) => String(new IntlMessageFormat(catalogue[key] ?? key, 'en').format(params)) };
}
