import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const require = createRequire(import.meta.url);

it('electron-builder.yml fits electron-builder’s own schema', async () => {
  const builder = createRequire(require.resolve('electron-builder/package.json'));
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js');
  const { load } = builder('js-yaml');
  const { DebugLogger } = builder('builder-util');
  const config = load(readFileSync('electron-builder.yml', 'utf8'));
  await expect(validateConfiguration(config, new DebugLogger(false))).resolves.not.toThrow();
  await expect(validateConfiguration({ ...config, noSuchOption: true }, new DebugLogger(false))).rejects.toThrow(/noSuchOption/);
});
