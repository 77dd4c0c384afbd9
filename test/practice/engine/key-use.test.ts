import { describe, expect, it } from 'vitest';
import type { Run } from '../../../main/registration/engine.ts';
import type { KeyUseReport } from '../../../main/registration/key-use-report.ts';
import { keyUseText } from '../../../main/registration/certificates/key-use.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { publishedIn, recordOf, rotateAlone, serverKey, tokenFault, unattended } from './rotation-harness.ts';

const ask = (here: Harness, account?: string, more: Partial<Run> = {}) =>
  rotate(here.services.engine, { ...unattended, unattended: false, showUse: true }, here.run(account, more));
const isReport = (path: string) => path.startsWith('/beta/reports/');

async function rotated() {
  const here = await harness();
  await here.connect();
  const old = await serverKey(here);
  await rotateAlone(here);
  return { here, old, text: (use: KeyUseReport | undefined) => (use === undefined ? '' : keyUseText(use, here.services.engine.texts)) };
}

describe('when the old certificate was last used', () => {
  it('is told before anything is decided, by the server’s own sign-ins, and asks for no further consent', async () => {
    const { here, old, text } = await rotated();
    const [entry] = tenantOf(here).applications[0]?.keyCredentials ?? [];
    const consents = structuredClone(tenantOf(here).oauth2PermissionGrants);
    tenantOf(here).credentialSignIns = {};
    expect((await ask(here)).keyUse).toEqual({
      keys: [{ thumbprint: old.certificate.thumbprint, keyId: entry?.keyId, lastSignInAt: null }],
    });
    expect(await tokenFault(here.services, recordOf(here), old.certificate, old.pem)).toBeNull();
    const before = Date.now();
    here.events.length = 0;
    const done = await ask(here);
    const use = done.keyUse;
    if (use === undefined || 'unreadable' in use) throw new Error('not read');
    expect(use.keys).toHaveLength(1);
    expect(Math.abs(Date.parse(use.keys[0]?.lastSignInAt ?? '') - before)).toBeLessThan(60_000);
    expect(text(use)).toMatch(
      new RegExp(
        `^Last sign-in with the earlier certificate ${old.certificate.thumbprint}, by Microsoft’s report: .+ \\(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\dZ\\)$`,
      ),
    );
    expect(here.events.map(({ kind }) => kind).filter((kind) => kind === 'reading' || kind === 'key-use' || kind === 'verifying')).toEqual([
      'reading',
      'key-use',
      'verifying',
    ]);
    expect(tenantOf(here).oauth2PermissionGrants).toEqual(consents);
    expect(publishedIn(here)).toHaveLength(2);
  });

  it('is neither asked nor told unasked', async () => {
    const { here } = await rotated();
    const asked: string[] = [];
    here.server.faultOn(({ path }) => (isReport(path) ? asked.push(path) > 9 : false), 'drop-before');
    const done = await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    expect(done.keyUse).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ['a tenant without the licence', (here: Harness) => void (tenantOf(here).premium = false), /needs Microsoft Entra ID P1 or P2/],
    [
      'a service that is ill',
      (here: Harness) => here.server.faultOn(({ path }) => isReport(path), 'status:503', { times: 99, retryAfter: 0 }),
      /did not answer as documented/,
    ],
    [
      'a connection that drops',
      (here: Harness) => here.server.faultOn(({ path }) => isReport(path), 'drop-before', { times: 99 }),
      /did not answer as documented/,
    ],
  ])('is a reason and no failure with %s', async (_, spoil, words) => {
    const { here, text } = await rotated();
    spoil(here);
    const done = await ask(here);
    expect(text(done.keyUse)).toMatch(words);
    expect(done.proof?.ok).toBe(true);
    expect(done.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
  });

  it('is a reason where the account may not read such reports', async () => {
    const { here, text } = await rotated();
    const done = await ask(here, here.account('Cloud Application Administrator'));
    expect(text(done.keyUse)).toMatch(/this account may not read[^]*Reports Reader[^]*Insufficient privileges/);
    expect(done.timeline.at(-1)?.state).toBe('proven');
  });

  it('is nothing where no earlier certificate is left', async () => {
    const here = await harness();
    await here.connect();
    const done = await ask(here);
    expect(done.keyUse).toEqual({ keys: [] });
    expect(done.plan.map(({ change }) => change)).toEqual(['add-key-credential']);
  });
});
