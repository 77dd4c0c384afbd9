import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pfxHandOut } from '../../../main/registration/verbs/index.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { harness } from './harness.ts';
import { alone, recordOf, rotateAlone, unattended } from './rotation-harness.ts';

describe('the PFX of a rotation', () => {
  const handOutTo = (here: Parameters<typeof recordOf>[0], path: string, folder = false) =>
    pfxHandOut(here.services.engine, { path, folder, password: 'secret', encryption: 'modern', mark: '[Practice]' });

  it('is written once the certificate is proven, and not again by the next run', async () => {
    const here = await harness();
    await here.connect();
    const path = join(here.directory, 'new.pfx');
    await rotateAlone(here, { handOut: handOutTo(here, path) });
    const bytes = readFileSync(path);
    await rotateAlone(here, { handOut: handOutTo(here, path) });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(recordOf(here).rotation?.pfx).toBe(path);
  });

  it('in a folder has a name of its own', async () => {
    const here = await harness();
    await here.connect({ name: 'a/b: c' });
    await rotate(
      here.services.engine,
      { ...unattended, credential: 'a/b: c', handOut: handOutTo(here, here.directory, true) },
      alone(here),
    );
    const record = here.services.engine.store.find('a/b: c');
    expect(record.rotation?.pfx).toBe(join(here.directory, `[Practice] a_b_ c ${record.certificate?.thumbprint.slice(0, 8)}.pfx`));
  });

  it('never replaces a file, and what cannot be written is known before anything is made', async () => {
    const here = await harness();
    await here.connect();
    const path = join(here.directory, 'there.pfx');
    writeFileSync(path, 'mine');
    const before = recordOf(here);
    await expect(rotateAlone(here, { handOut: handOutTo(here, path) })).rejects.toMatchObject({ code: 'file.exists' });
    await expect(rotateAlone(here, { handOut: handOutTo(here, join(here.directory, 'nowhere', 'a.pfx')) })).rejects.toMatchObject({
      code: 'file.folder-missing',
    });
    await expect(rotateAlone(here, { handOut: handOutTo(here, here.directory) })).rejects.toMatchObject({ code: 'file.is-folder' });
    expect(() => pfxHandOut(here.services.engine, { path, folder: false, password: '', encryption: 'modern', mark: '' })).toThrow(
      expect.objectContaining({ code: 'certificate.password-empty' }),
    );
    expect(recordOf(here)).toEqual(before);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});
