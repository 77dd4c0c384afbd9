import { describe, expect, it, vi } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { GraphFailure } from '../../../main/directory/index.ts';
import { Fault } from '../../../main/faults.ts';
import { recordedWrite } from '../../../main/registration/apply/recorded-write.ts';
import { shownAs, signature } from '../../../main/registration/apply/signature.ts';
import { replanned } from '../../../main/registration/apply/stale-plan.ts';
import { heldBack, madeOnce } from '../../../main/registration/apply/unanswered.ts';
import type { Change, PlannedChange } from '../../../main/registration/change.ts';
import { testClock, testDatabase } from '../vault/samples.ts';
import { connected } from './connected-tenant.ts';
import { desired } from './generated-tenant.ts';
import { failure, toDo, writing } from './writes.ts';

if (desired.certificate === null) throw new Error('no certificate');
const { certificate } = desired;
const addKey = toDo({ change: 'add-key-credential', certificate });
const removeKey = toDo({ change: 'remove-key-credential', keyId: 'k', displayName: 'n', ours: true, thumbprint: 'T' }, true);
const principal = toDo({ change: 'create-service-principal', appId: 'a' });
const resource = toDo({ change: 'create-resource-service-principal', appId: 'r' });
const role = toDo({ change: 'grant-role', resourceAppId: 'a', resourceId: 'r', roleId: 'i', value: 'v' });
const scopes = (grantId: string | null) => toDo({ change: 'grant-scopes', resourceId: 'r', scope: 'a b', grantId, added: ['a', 'b'] });
const uris = (list: string[]) => toDo({ change: 'set-redirect-uris', uris: list, added: 'https://x' });
const idTokens = toDo({ change: 'enable-id-tokens' });

describe('a write', () => {
  const write = async (request: () => Promise<unknown>, changes: readonly PlannedChange[] = [removeKey], once = false) => {
    const { run, trail } = writing({});
    const renew = vi.spyOn(run.record.lease, 'renew');
    const outcome = await recordedWrite(run.record, changes, 'target', request, { once }).catch((error: unknown) => error);
    return { outcome, trail, renew, phases: trail.map(({ phase }) => phase) };
  };

  it('is told before and after, with who, for whom, and what', async () => {
    const { outcome, trail, renew } = await write(() => Promise.resolve('done'), [addKey, idTokens]);
    expect(outcome).toBe('done');
    expect(renew).toHaveBeenCalledTimes(1);
    const { keyId, thumbprint, notAfter, subject } = certificate;
    const entry = {
      operation: 'run',
      credentialId: 'credential',
      tenantId: 't',
      actor: 'admin@contoso.example',
      change: 'add-key-credential',
      step: 'registration',
      target: 'target',
      detail: {
        changes: [
          { change: 'add-key-credential', step: 'registration', keyId, thumbprint, notAfter, subject },
          { change: 'enable-id-tokens', step: 'registration' },
        ],
      },
    };
    expect(trail).toEqual([
      { ...entry, phase: 'intent' },
      { ...entry, phase: 'done' },
    ]);
  });

  it('is not sent without its lease, and then nothing is told', async () => {
    const { run, trail } = writing({});
    const request = vi.fn<() => Promise<void>>();
    vi.spyOn(run.record.lease, 'renew').mockImplementation(() => {
      throw new Fault('lease.lost');
    });
    await expect(recordedWrite(run.record, [removeKey], 'target', request)).rejects.toMatchObject({ code: 'lease.lost' });
    expect(request).not.toHaveBeenCalled();
    expect(trail).toEqual([]);
  });

  it('that somebody did before is done', async () => {
    const { outcome, phases, trail } = await write(() => Promise.reject(failure('already-there', 409)));
    expect(outcome).toBeNull();
    expect(phases).toEqual(['intent', 'done']);
    expect(trail[1]?.detail).toMatchObject({ error: '409 Code: Because.', changes: [{ keyId: 'k' }] });
  });

  it.each<[string, unknown, string, string | null]>([
    ['Microsoft refused', new GraphFailure('invalid', { status: 400, code: 'C', message: 'M', requestId: 'id' }), 'failed', 'id'],
    ['was answered by 500', failure('uncertain', 500), 'uncertain', ''],
    ['was not answered', failure('uncertain', 0), 'uncertain', ''],
    ['never left', new GraphFailure('uncertain', { status: 0, code: 'service.proxy-refused', message: '' }), 'failed', ''],
    ['was interrupted', new Error('aborted'), 'uncertain', null],
  ])('that %s is told as it is', async (_, reason, phase, correlationId) => {
    const { outcome, trail } = await write(() => Promise.reject(reason));
    expect(outcome).toBe(reason);
    expect(trail[1]).toMatchObject({ phase, correlationId });
    expect(trail[1]?.detail).toHaveProperty('error');
  });

  it('of nothing is none', async () => {
    const request = vi.fn<() => Promise<void>>();
    expect(await write(request, [])).toMatchObject({ outcome: null, trail: [] });
    expect(request).not.toHaveBeenCalled();
  });

  it('names what it makes where that would be made again each time it is sent', async () => {
    const once = async (how: boolean, ...changes: PlannedChange[]) => (await write(() => Promise.resolve(), changes, how)).trail[0]?.detail;
    expect(await once(true, addKey, idTokens)).toHaveProperty('once', [`add-key-credential ${certificate.thumbprint}`]);
    expect(await once(false, addKey)).not.toHaveProperty('once');
    expect(await once(true, idTokens)).not.toHaveProperty('once');
  });
});

describe('what is made anew each time a request is executed', () => {
  it.each<[Change, string | null]>([
    [addKey.change, `add-key-credential ${certificate.thumbprint}`],
    [principal.change, 'create-service-principal'],
    [resource.change, 'create-resource-service-principal r'],
    [role.change, 'grant-role r i'],
    [scopes(null).change, 'grant-scopes r'],
    [scopes('g').change, null],
    [removeKey.change, null],
    [idTokens.change, null],
  ])('%j: %s', (change, name) => expect(madeOnce(change)).toBe(name));
});

describe('a write whose answer was lost', () => {
  const minute = 60_000;
  function told(...entries: readonly (readonly [phase: 'intent' | 'done' | 'failed' | 'uncertain', minutesAgo: number, once?: unknown])[]) {
    const database = testDatabase();
    const clock = testClock();
    const trail = createAuditTrail(database, clock);
    let ago = 60;
    clock.advance(-ago * minute);
    for (const [phase, minutes, once = ['grant-role r i']] of entries) {
      clock.advance((ago - minutes) * minute);
      ago = minutes;
      const entry = { operation: 'o', credentialId: 'c', tenantId: 't', actor: 'a', change: 'grant-role' };
      trail.append({ ...entry, phase, detail: { changes: [], once } });
    }
    clock.advance(ago * minute);
    return (changes: readonly PlannedChange[] = [role, idTokens], credentialId = 'c', running = 0) => {
      const begun = clock.now();
      const now = new Date(begun.getTime() + running * minute);
      return heldBack({ trail, credentialId }, changes, { begun, now }).map(({ change }) => change.change);
    };
  }

  it('is held back until the replication window is over', () => {
    expect(told(['intent', 9], ['uncertain', 9])()).toEqual(['grant-role']);
    expect(told(['intent', 9])()).toEqual(['grant-role']);
    expect(told(['intent', 11], ['uncertain', 11])()).toEqual([]);
    expect(told()()).toEqual([]);
  });

  it('is held back no longer when it is answered', () => {
    expect(told(['intent', 9], ['done', 9])()).toEqual([]);
    expect(told(['intent', 9], ['uncertain', 8], ['intent', 7], ['failed', 7])()).toEqual([]);
  });

  it('holds back nothing else, of nobody else', () => {
    expect(told(['uncertain', 1])([scopes(null), idTokens])).toEqual([]);
    expect(told(['uncertain', 1])([role], 'another')).toEqual([]);
    expect(told(['uncertain', 1, 'spoiled'])()).toEqual([]);
    expect(told(['uncertain', 1, [7, null, 'grant-role r i']])()).toEqual(['grant-role']);
    expect(told(['uncertain', 1])([idTokens])).toEqual([]);
  });

  it('is held back for as long as the run may be within the window, where a clock that has been set back tells no time', () => {
    expect(told(['uncertain', -5])()).toEqual(['grant-role']);
    const ahead = told(['intent', -40 * 1440], ['uncertain', -40 * 1440]);
    expect(ahead([role], 'c', 10)).toEqual(['grant-role']);
    expect(ahead([role], 'c', 10.1)).toEqual([]);
    expect(told(['intent', -11], ['done', -12])()).toEqual([]);
    // What was written before something old is older.
    expect(told(['uncertain', -11], ['intent', 20, 'another'])()).toEqual([]);
  });

  it('is held back where it was written after something recent, by a clock that was behind', () => {
    expect(told(['done', 3, 'another'], ['uncertain', 40])()).toEqual(['grant-role']);
    const behind = told(['done', 13, 'another'], ['uncertain', 40]);
    expect(behind([role], 'c', 10)).toEqual(['grant-role']);
    expect(behind([role], 'c', 10.1)).toEqual([]);
    expect(told(['done', 13, 'another'], ['uncertain', 40], ['done', 12, 'another'])()).toEqual([]);
  });
});

describe('the same change', () => {
  const other = { ...certificate, keyId: 'another' };
  it.each<[string, PlannedChange, PlannedChange, boolean]>([
    ['a certificate under another keyId', addKey, toDo({ change: 'add-key-credential', certificate: other }), true],
    ['another certificate', addKey, toDo({ change: 'add-key-credential', certificate: { ...certificate, thumbprintSha256: 'x' } }), false],
    ['another keyId to remove', removeKey, toDo({ ...removeKey.change, keyId: 'l' } as Change), false],
    ['the same keyId of another name', removeKey, toDo({ ...removeKey.change, displayName: 'm' } as Change), true],
    ['a URI beside others', uris(['https://x']), uris(['https://other', 'https://x']), true],
    ['another URI', uris(['https://x']), toDo({ change: 'set-redirect-uris', uris: [], added: 'https://y' }), false],
    ['a service principal of an id known only now', principal, toDo({ change: 'create-service-principal', appId: '' }), true],
    ['another resource', resource, toDo({ change: 'create-resource-service-principal', appId: 's' }), false],
    ['scopes of a grant that exists by now', scopes(null), scopes('g'), false],
    ['scopes with those of others', scopes('g'), toDo({ ...scopes('g').change, scope: 'c a b' } as Change), true],
    ['other scopes', scopes('g'), toDo({ ...scopes('g').change, added: ['a'] } as Change), false],
    ['removal for addition', addKey, removeKey, false],
  ])('is told from another: %s', (_, one, two, same) => expect(signature(one) === signature(two)).toBe(same));

  it('is shown to the person as the same, whether or not a grant exists by now', () => {
    expect(shownAs(scopes(null))).toBe(shownAs(scopes('g')));
    expect(shownAs(scopes(null))).not.toBe(shownAs(toDo({ ...scopes(null).change, added: ['a'] } as Change)));
    expect(shownAs(addKey)).toBe(signature(addKey));
  });

  it('planned for what was just read takes the place of the one before', () => {
    const fresh = uris(['https://other', 'https://x']);
    expect(replanned([uris(['https://x']), idTokens], [idTokens, fresh], connected)).toEqual([fresh, idTokens]);
    const stale = expect.objectContaining({ name: 'StalePlan', observed: connected });
    expect(() => replanned([idTokens], [idTokens, fresh], connected)).toThrow(stale);
    expect(() => replanned([idTokens, fresh], [idTokens], connected)).toThrow(stale);
    expect(() => replanned([idTokens], [fresh], connected)).toThrow(stale);
  });
});
