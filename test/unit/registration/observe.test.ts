import { describe, expect, it } from 'vitest';
import type { Directory } from '../../../main/directory/directory.ts';
import { observe } from '../../../main/registration/observe/index.ts';
import { testClock } from '../vault/samples.ts';
import { emptyTenant, fakeDirectory, type FakeTenant } from './fake-tenant.ts';
import { desired } from './generated-tenant.ts';
import { failure } from './writes.ts';

const known = { clientId: 'client', objectId: 'object', servicePrincipalId: 'sp' };
const application = { id: 'object', appId: 'client', createdDateTime: '2026-01-01T00:00:00Z', web: {} };
const observed = (directory: Directory, ids = known) => observe(directory, { ...desired, clientId: 'client' }, ids, testClock());

describe('the service principal of a deleted application', () => {
  const deleted = (principal: string | null): FakeTenant => ({
    ...emptyTenant(),
    deleted: { application, principal: principal === null ? null : { id: principal, appId: 'client' } },
  });

  it.each([
    ['is the one that was known, where a replica does not list it yet', null, 'sp'],
    ['is the one that was known, where only another one of the application is listed', 'older', 'sp'],
  ])('%s', async (_, listed, expected) => {
    const { deletedApplication } = await observed(fakeDirectory(deleted(listed)));
    expect(deletedApplication).toEqual({ objectId: 'object', servicePrincipalId: expected });
  });

  it.each([[null], ['sp']])('is the one that is listed (%j) where none was known', async (listed) => {
    const { deletedApplication } = await observed(fakeDirectory(deleted(listed)), { ...known, servicePrincipalId: null } as never);
    expect(deletedApplication).toEqual({ objectId: 'object', servicePrincipalId: listed });
  });
});

describe('grants', () => {
  /** Answers for the grants of the one service principal that is there, and counts the requests. */
  function granted() {
    const role = { id: 'g', principalId: 'another', resourceId: 'r', appRoleId: 'role' };
    const own = fakeDirectory({ ...emptyTenant(), application, principal: { id: 'another', appId: 'client' }, roleGrants: [role] });
    let batches = 0;
    const readBatch: Directory['readBatch'] = async (paths, signal) => {
      batches += 1;
      const answers = { ...(await own.readBatch(paths, signal)) };
      const path = Object.entries<string>(paths as Record<string, string>).find(([name]) => name === 'roleGrants')?.[1];
      const ofAnother = path !== undefined && !path.includes('/another/');
      return ofAnother ? { ...answers, roleGrants: { ok: false, failure: failure('not-found', 404) } } : answers;
    };
    return { directory: { ...own, readBatch }, role, batches: () => batches };
  }

  it('are those of the service principal that is there, not of one that was known', async () => {
    const { directory, role } = granted();
    expect(await observed(directory)).toMatchObject({ servicePrincipal: { id: 'another' }, roleGrants: [role] });
  });

  it('are asked for once where it is the one that was known', async () => {
    const [known1, other] = [granted(), granted()];
    await observed(known1.directory, { ...known, servicePrincipalId: 'another' });
    await observed(other.directory);
    expect(other.batches() - known1.batches()).toBe(1);
  });
});
