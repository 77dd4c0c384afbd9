import { describe, expect, it } from 'vitest';
import { connectArgs, workplace } from './command-line.ts';

const place = workplace({ tenants: 2 });
const as = (role: string, ...more: string[]) => [
  ...connectArgs(role, '--practice-account', place().account(role), '--tenant', 'contoso.example'),
  ...more,
];

describe('who signs in', () => {
  it.each(['Privileged Role Administrator', 'Guest', 'GDAP partner', 'Needs multi-factor authentication'])('%s ends 0', async (role) => {
    expect(await place().json(role, ...as(role))).toMatchObject({
      code: 0,
      document: { credential: { tenantName: 'Contoso' }, proof: { ok: true } },
    });
  });

  it.each([
    ['Blocked by Conditional Access', 3, 'sign-in.conditional-access'],
    ['Declines consent', 3, 'sign-in.consent-declined'],
    ['Ordinary user', 4, 'sign-in.consent-needed'],
  ])('%s ends %i before any write, there or here', async (role, code, fault) => {
    const before = place().applications().length;
    const ended = await place().json(role, ...as(role));
    expect(ended).toMatchObject({ code, document: { fault: { code: fault } } });
    expect(Object.keys(ended.document)).toEqual(['fault']);
    expect(place().applications()).toHaveLength(before);
    expect((await place().json(role, 'list')).document).toEqual({ credentials: [], damaged: [] });
  });

  it('Custom role is told what Microsoft does not permit', async () => {
    const ended = await place().json('custom', ...as('Custom role'));
    expect([4, 10]).toContain(ended.code);
    expect(ended.document).toHaveProperty('fault');
  });

  it('Cloud Application Administrator waits for consent; a Global Administrator completes it with the same command', async () => {
    const first = await place().json(
      'consent',
      ...connectArgs('consent', '--practice-account', place().account('Cloud Application Administrator')),
    );
    expect(first.code).toBe(10);
    expect(first.document).toMatchObject({
      credential: { state: 'waiting-consent' },
      proof: { ok: false, state: 'waiting-consent' },
      fault: { code: 'state.waiting-consent', fix: expect.stringContaining('/adminconsent?client_id=') },
    });
    expect((await place().json('consent', 'verify', 'consent')).code).toBe(10);
    expect(await place().json('consent', ...connectArgs('consent'))).toMatchObject({
      code: 0,
      document: { credential: { state: 'set-up' } },
    });
    expect(
      place()
        .applications()
        .filter((each) => each.displayName === 'consent'),
    ).toHaveLength(1);
  });

  it('an account that is not there ends 3, an option without --practice 2', async () => {
    expect(await place().json('nobody', ...connectArgs('nobody', '--practice-account', 'nobody@contoso.example'))).toMatchObject({
      code: 3,
      document: { fault: expect.anything() },
    });
  });
});

describe('another tenant than the one meant', () => {
  it.each([
    ['by id', () => place().server.describe().tenants[1]?.id ?? ''],
    ['by domain', () => place().server.describe().tenants[1]?.domain ?? ''],
  ])('%s ends 3 before any write', async (_, tenant) => {
    const before = place().state().length;
    const ended = await place().json(
      'elsewhere',
      ...connectArgs('elsewhere', '--practice-account', place().account('Global Administrator'), '--tenant', tenant()),
    );
    expect(ended).toMatchObject({ code: 3, document: { fault: { code: expect.stringMatching(/^sign-in\./) } } });
    expect(place().server.world.state.tenants[1]?.applications).toEqual([]);
    expect(place().state().length).toBe(before);
  });

  it('of a stored credential ends 3 too', async () => {
    await place().cli('stored', ...connectArgs('stored'));
    const [, other] = place().server.describe().tenants;
    const ended = await place().json('stored', 'repair', 'stored', '--yes', '--practice-account', other?.accounts[0]?.upn ?? '');
    expect(ended.code).toBe(3);
    expect(place().server.world.state.tenants[1]?.applications).toEqual([]);
  });

  it('the second tenant is reached when it is meant', async () => {
    const [, other] = place().server.describe().tenants;
    const ended = await place().json(
      'second',
      ...connectArgs('second', '--practice-account', other?.accounts[0]?.upn ?? '', '--tenant', other?.domain ?? ''),
    );
    expect(ended).toMatchObject({ code: 0, document: { credential: { tenantId: other?.id, tenantName: 'Fabrikam' } } });
  });
});
