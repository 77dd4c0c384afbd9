import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { toCer } from '../../../main/certificates/index.ts';
import { ours, scratchFolder } from '../certificates/samples.ts';
import { watching } from './watching.ts';

const refuse = vi.hoisted(() =>
  vi.fn<() => never>(() => {
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }),
);
vi.mock('node:fs', async (original) => ({ ...(await original<object>()), watch: refuse }));

describe('where the system gives no events', () => {
  it('the folder is looked into every two seconds', async () => {
    const folder = scratchFolder();
    const { certificate } = await ours();
    const watch = watching(folder);
    await vi.waitFor(() => expect(refuse).toHaveBeenCalledOnce(), { timeout: 30_000 });
    await new Promise((resolve) => void setTimeout(resolve, 300));
    writeFileSync(join(folder, 'a.cer'), toCer(certificate));
    await watch.eventually('a.cer *');
  });
});
