import { expect, test } from 'vitest';
import { clouds } from '../../main/clouds/index.ts';
import type { Fetch } from '../../main/http/index.ts';
import { systemClock } from '../../main/clock.ts';
import { createIdentity, type DeviceCode } from '../../main/identity/index.ts';
import { followAuthorize, followDeviceCode } from '../../main/practice/index.ts';
import { movableClock, type MovableClock } from './identity/simulation.ts';
import { startPeople } from './people.ts';

const { global: cloud } = clouds;
const read = ['Directory.Read.All'];
const write = [...read, 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'];
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

test.each(['Global Administrator', 'Privileged Role Administrator', 'Cloud Application Administrator', 'Guest', 'GDAP partner'])(
  '%s signs in to the tenant that is meant',
  async (role) => {
    const { identity, tenant, accountOf, browserOf, visited, counter } = await startPeople();
    const { id, domain } = tenant(0);
    const session = await identity.signIn({ cloud, tenant: domain, scopes: read, openBrowser: browserOf(accountOf(role)) });
    expect(session).toMatchObject({ tenantId: id, username: accountOf(role) });
    expect(session.directoryRoles.length).toBeGreaterThan(0);
    expect(session.directoryRoles.includes(globalAdministrator)).toBe(role === 'Global Administrator' || role === 'Guest');
    const reading = await session.accessToken(read);
    expect(visited).toHaveLength(1);
    expect(await session.accessToken(write)).not.toBe(reading);
    expect(visited.map(({ searchParams }) => searchParams.get('login_hint'))).toEqual([null, accountOf(role)]);
    expect(counter.counts().identity).toBeGreaterThan(1);
    await session.forget();
  },
);

test.each([
  ['Custom role', 'sign-in.consent-needed'],
  ['Ordinary user', 'sign-in.consent-needed'],
  ['Blocked by Conditional Access', 'sign-in.conditional-access'],
  ['Declines consent', 'sign-in.consent-declined'],
])('%s: %s', async (role, code) => {
  const { identity, tenant, accountOf, browserOf, visited } = await startPeople();
  await expect(
    identity.signIn({ cloud, tenant: tenant(0).domain, scopes: read, openBrowser: browserOf(accountOf(role)) }),
  ).rejects.toMatchObject({ code });
  expect(visited).toHaveLength(1);
});

test('an account that needs multi-factor authentication is asked once more with the claims', async () => {
  const { identity, accountOf, browserOf, visited } = await startPeople();
  const account = accountOf('Needs multi-factor authentication');
  expect(await identity.signIn({ cloud, scopes: read, openBrowser: browserOf(account) })).toMatchObject({ username: account });
  expect(visited).toHaveLength(2);
  expect(visited[1]?.searchParams.get('claims')).toContain('capolids');
});

test('without a tenant a partner lands at home, which is why the tenant is asked first', async () => {
  const { identity, tenant, accountOf, browserOf } = await startPeople();
  const session = await identity.signIn({ cloud, scopes: ['User.Read'], openBrowser: browserOf(accountOf('GDAP partner')) });
  expect([tenant(0).id, tenant(1).id]).not.toContain(session.tenantId);
});

test('an administrator of another tenant', async () => {
  const { identity, tenant, accountOf, browserOf } = await startPeople();
  const waiting = identity.signIn({
    cloud,
    tenant: tenant(0).id,
    scopes: read,
    openBrowser: browserOf(accountOf('Global Administrator', 1)),
  });
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.account-elsewhere', params: { number: 'AADSTS50020' } });
});

test('a token of another tenant than the id that was meant', async () => {
  const { fetch, tenant, accountOf, counter } = await startPeople();
  // Somewhere between here and Entra the tenant of every request is exchanged.
  const exchanged: Fetch = (address, init) => fetch(address.replace(tenant(0).id, tenant(1).id), init);
  const identity = createIdentity({ fetch: exchanged, clock: systemClock, counter });
  const openBrowser = (address: string) =>
    followAuthorize(address.replace(tenant(0).id, tenant(1).id), { account: accountOf('Global Administrator', 1), fetch });
  await expect(identity.signIn({ cloud, tenant: tenant(0).id, scopes: read, openBrowser })).rejects.toMatchObject({
    code: 'sign-in.wrong-tenant',
    params: { meant: tenant(0).id, actual: tenant(1).id, username: accountOf('Global Administrator', 1) },
  });
});

test('cancelled while the page with the accounts is open', async () => {
  const { identity, fetch, tenant } = await startPeople();
  const controller = new AbortController();
  const openBrowser = async (address: string) => {
    expect(await (await fetch(address)).text()).toContain('Adele Vance');
    controller.abort();
  };
  await expect(
    identity.signIn({ cloud, tenant: tenant(0).id, scopes: read, openBrowser, signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'sign-in.cancelled' });
});

test('a page that nobody answers', async () => {
  const { identity, fetch } = await startPeople({ identity: { timeoutMs: 300 } });
  const openBrowser = async (address: string) => void (await fetch(address));
  await expect(identity.signIn({ cloud, scopes: read, openBrowser })).rejects.toMatchObject({ code: 'sign-in.timed-out' });
});

test('a tenant that nobody has', async () => {
  const { identity, accountOf, browserOf } = await startPeople();
  await expect(
    identity.signIn({ cloud, tenant: 'nobody.example', scopes: read, openBrowser: browserOf(accountOf('Global Administrator')) }),
  ).rejects.toMatchObject({
    code: 'sign-in.tenant-unknown',
    params: { number: 'AADSTS90002' },
  });
});

/** Practice asks for a poll every five seconds as Entra does; the tests do not wait for it: there, each poll is later. */
const impatient =
  (fetch: Fetch, server: MovableClock): Fetch =>
  async (address, init) => {
    if (address.includes('/token')) server.advance(5000);
    const response = await fetch(address, init);
    if (!address.endsWith('/devicecode')) return response;
    const answer: Record<string, unknown> = JSON.parse(await response.text());
    return Response.json({ ...answer, interval: 0.02 });
  };

test('device code: typed on another device', async () => {
  const serverClock = movableClock();
  const { fetch, tenant, accountOf, counter } = await startPeople({ serverClock });
  const identity = createIdentity({ fetch: impatient(fetch, serverClock), clock: systemClock, counter });
  const typed: Promise<void>[] = [];
  const session = await identity.signInWithDeviceCode({
    cloud,
    tenant: tenant(0).id,
    scopes: read,
    showCode: ({ verificationUri, userCode }) =>
      void typed.push(followDeviceCode(verificationUri, userCode, { account: accountOf('Guest') })),
  });
  await Promise.all(typed);
  expect(session).toMatchObject({ tenantId: tenant(0).id, username: accountOf('Guest') });
});

test('device code: declined, and cancelled', async () => {
  const serverClock = movableClock();
  const { fetch, accountOf, counter } = await startPeople({ serverClock });
  const identity = createIdentity({ fetch: impatient(fetch, serverClock), clock: systemClock, counter });
  const typed: Promise<unknown>[] = [];
  const declining = ({ verificationUri, userCode }: DeviceCode) =>
    void typed.push(
      followDeviceCode(verificationUri, userCode, { account: accountOf('Declines consent') }).catch((error: unknown) => error),
    );
  await expect(identity.signInWithDeviceCode({ cloud, scopes: read, showCode: declining })).rejects.toMatchObject({
    code: 'sign-in.consent-declined',
  });
  await Promise.all(typed);
  const controller = new AbortController();
  const waiting = identity.signInWithDeviceCode({ cloud, scopes: read, showCode: () => controller.abort(), signal: controller.signal });
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
});

test('device code: polled too often, it slows down and still comes to its end', async () => {
  const { fetch, tenant, counter, pauses, clock } = await startPeople();
  const hasty: Fetch = async (address, init) => {
    const response = await fetch(address, init);
    return address.endsWith('/devicecode') ? Response.json({ ...Object(JSON.parse(await response.text())), interval: 0.02 }) : response;
  };
  const identity = createIdentity({ fetch: hasty, clock, counter });
  const controller = new AbortController();
  const waiting = identity.signInWithDeviceCode({
    cloud,
    tenant: tenant(0).id,
    scopes: read,
    showCode: () => undefined,
    signal: controller.signal,
  });
  await expect.poll(() => pauses.length).toBeGreaterThan(2);
  expect(pauses.slice(0, 3)).toEqual([5000, 10_000, 15_000]);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
});
