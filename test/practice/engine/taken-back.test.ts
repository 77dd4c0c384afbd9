import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { confirmHandover, exportCertificate, markUsedHereOnly, undoHandover } from '../../../main/registration/verbs/index.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { harness, type Harness } from './harness.ts';
import { alone, publishedIn, recordOf, rotateAlone, unattended } from './rotation-harness.ts';

const name = 'Contoso archive';
const current = (here: Harness) => recordOf(here).certificate?.thumbprint ?? '';
const exportKey = (here: Harness, thumbprint: string) =>
  exportCertificate(here.services.engine, {
    credential: name,
    thumbprint,
    format: 'pfx',
    path: join(here.directory, `${thumbprint}.pfx`),
    force: false,
    password: 'secret-password',
    encryption: 'modern',
  });

/** Does something once, at the n-th request from now: what others say while a run is under way. */
function atRequest(here: Harness, number: number, meanwhile: () => unknown): void {
  let seen = 0;
  here.server.faultOn(({ path }) => {
    if (!path.startsWith('/practice/') && (seen += 1) === number) meanwhile();
    return false;
  }, 'slow');
}

/** Rotated and handed over, so that the first one may go in the next run. */
async function handedOver(): Promise<{ readonly here: Harness; readonly first: string }> {
  const here = await harness();
  await here.connect();
  const first = current(here);
  await rotateAlone(here);
  confirmHandover(here.services.engine, name, current(here));
  return { here, first };
}

/** Every request of an unattended removal up to the one that removes. */
const requests = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a word that is taken back while a run removes because of it', () => {
  it('keeps the key credential, also after the plan was shown', async () => {
    const { here, first } = await handedOver();
    const other = await here.open();
    const confirm = () => Promise.resolve(undoHandover(other.engine, name).version > 0);
    const removal = rotate(here.services.engine, { ...unattended, unattended: false, overlapDays: 0 }, here.run(undefined, { confirm }));
    await expect(removal).rejects.toMatchObject({ code: 'store.changed' });
    expect(recordOf(here).certificate?.handover).toBeNull();
    expect(publishedIn(here)).toContain(first);
  });

  it('keeps it where a leftover was ticked', async () => {
    const { here, first } = await handedOver();
    const other = await here.open();
    const request = { credential: name, certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false } as const;
    // The overlap is over, and the tick is offered.
    here.services.engine.store.change(recordOf(here).id, ({ rotation }) => ({ rotation: rotation && { ...rotation, overlapDays: 0 } }));
    const { findings } = await repair(here.services.engine, { ...request, planOnly: true }, here.run());
    const accepted = findings.filter(({ finding, acceptable }) => acceptable && finding === 'leftover-key-credential').map(({ id }) => id);
    expect(accepted).toHaveLength(1);
    const confirm = () => Promise.resolve(undoHandover(other.engine, name).version > 0);
    await repair(here.services.engine, request, here.run(undefined, { confirm, accepted })).catch(() => undefined);
    expect(publishedIn(here)).toContain(first);
  });

  it.each(requests)('keeps it at request %i of a run at night, or it was removed before the word could be taken back', async (number) => {
    const { here, first } = await handedOver();
    const other = await here.open();
    let isTakenBack = false;
    atRequest(here, number, () => {
      try {
        undoHandover(other.engine, name);
        isTakenBack = true;
      } catch {
        // It was used already.
      }
    });
    await rotateAlone(here, { overlapDays: 0 }).catch(() => undefined);
    expect(publishedIn(here).includes(first)).toBe(isTakenBack || publishedIn(here).length === 2);
  });
});

describe('a key that is given out while a run removes it', () => {
  it.each(requests)('stays published from request %i on, or is not given out any more', async (number) => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, name);
    const first = current(here);
    await rotateAlone(here, { overlapDays: 7 });
    let given: Promise<unknown> | null = null;
    atRequest(here, number, () => {
      given = exportKey(here, first);
      given.catch(() => undefined);
    });
    await rotate(here.services.engine, { ...unattended, overlapDays: 0 }, alone(here)).catch(() => undefined);
    if (given === null) return;
    const isGiven = await Promise.resolve(given).then(
      () => true,
      () => false,
    );
    expect(publishedIn(here).includes(first)).toBe(isGiven);
  });
});
