import { describe, expect, it } from 'vitest';
import { nextStepText } from '../../../main/cli/rotation-text.ts';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import type { ProfileReference } from '../../../main/servers/index.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { publishedIn, recordOf, rotateAlone, states, unattended } from './rotation-harness.ts';

/** Enough for a token, and not for a look at one's own application. */
const profile: ProfileReference = {
  id: 'users-only',
  version: 1,
  permissions: [{ resourceAppId: resourceAppIds.graph, value: 'User.Read.All', type: 'Role', why: 'profile.why.directory' }],
};

const keyIds = (here: Harness) => tenantOf(here).applications[0]?.keyCredentials?.map(({ keyId }) => keyId);

async function connected(): Promise<Harness> {
  const here = await harness();
  await here.connect({ profile });
  return here;
}

describe('a credential that may not read its own application', () => {
  it('is rotated to the end by what Microsoft answered', async () => {
    const here = await connected();
    const old = recordOf(here).certificate;
    const done = await rotateAlone(here);
    expect(done.proof?.checks.find(({ check }) => check === 'key-credential')?.result).toBe('not-testable');
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
    expect(keyIds(here)).toEqual([old?.keyId, recordOf(here).certificate?.keyId]);
    confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
    const last = await rotateAlone(here, { overlapDays: 0 });
    expect(last.plan).toMatchObject([{ change: 'remove-key-credential' }]);
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven', 'handed-over', 'old-removed']);
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
  });

  it('finds by a token what a lost answer left published', async () => {
    const here = await connected();
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'drop-after-write');
    await rotateAlone(here);
    expect(publishedIn(here)).toHaveLength(2);
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
    expect(recordOf(here).certificate?.keyId).toBeNull();
  });

  it('removes no entry that it cannot name, and says what to do; an administrator’s run does', async () => {
    const here = await connected();
    const next = () => nextStepText(recordOf(here), here.services.engine.texts);
    const told = here.services.engine.texts.t('rotate.next.unnamed', { name: 'Contoso archive' });
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'drop-after-write');
    for (let round = 0; round < 2; round += 1) {
      await rotateAlone(here);
      confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
      if (round === 0) expect(next()).not.toContain(told);
      await rotateAlone(here, { overlapDays: 0 });
    }
    expect(publishedIn(here)).toHaveLength(2);
    expect(next()).toContain(told);
    await rotate(here.services.engine, { ...unattended, unattended: false, overlapDays: 0 }, here.run());
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
    expect(states(recordOf(here)).at(-1)).toBe('old-removed');
    expect(next()).toBe('');
  });

  it('takes an entry that is gone already for removed', async () => {
    const here = await connected();
    await rotateAlone(here);
    confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
    const [application] = tenantOf(here).applications;
    if (application?.keyCredentials == null) throw new Error('no application');
    application.keyCredentials = application.keyCredentials.slice(1);
    await rotateAlone(here, { overlapDays: 0 });
    expect(states(recordOf(here)).at(-1)).toBe('old-removed');
    expect(recordOf(here).earlierCertificates).toEqual([]);
  });

  it('says so where not even the object id is known', async () => {
    const here = await connected();
    here.services.engine.store.change(recordOf(here).id, () => ({ objectId: null }));
    await expect(rotateAlone(here)).rejects.toMatchObject({ code: 'rotation.object-id-unknown' });
    expect(publishedIn(here)).toHaveLength(1);
  });
});
