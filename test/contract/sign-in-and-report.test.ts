import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SetupEvent } from '../../preload/contract.ts';
import { createExpiryNotices } from '../../main/shell/expiry-notices.ts';
import { followDeviceCode } from '../../main/practice/index.ts';
import { profileReference } from '../../main/servers/index.ts';
import { defaults } from '../practice/engine/harness.ts';
import { desk, draft, type Desk } from './desk.ts';

type CodeEvent = Extract<SetupEvent, { kind: 'code' }>;

/** Asks for a code while the browser is waited for, and does with each what the test says. */
function codeInstead(here: Desk, withCode: (code: CodeEvent, run: string) => void): void {
  here.listen((event, value) => {
    if (event !== 'run:event') return;
    const { run, event: step } = value as { run: string; event: SetupEvent };
    if (step.kind === 'line' && step.step === 'sign-in' && step.outcome === 'waiting')
      setTimeout(() => void here.request('run:use-code', { run }));
    if (step.kind === 'code') withCode(step, run);
  });
}

/** MSAL waits between its questions by the system's own timer. */
function tick({ here }: Desk): void {
  const ticking = setInterval(() => here.clock.pass(1000), 1000);
  onTestFinished(() => clearInterval(ticking));
}

const never = () => new Promise<void>(() => undefined);

describe('a code in the place of the browser', () => {
  it('is typed elsewhere, twice, and the set-up goes its way', async () => {
    const here = await desk({ openBrowser: never });
    tick(here);
    const codes: CodeEvent[] = [];
    const typed: Promise<void>[] = [];
    codeInstead(here, (code) => {
      codes.push(code);
      typed.push(followDeviceCode(code.address, code.userCode, { account: null }));
    });
    const ended = (await here.setUp({ draft, certificate: null })).at(-1);
    await Promise.all(typed);
    expect(ended).toMatchObject({ kind: 'ended', report: { proof: { ok: true } } });
    // Once for reading, once more for what is asked only when there is something to write.
    expect(codes).toHaveLength(2);
    expect(codes[0]).toMatchObject({
      userCode: expect.stringMatching(/^[A-Z2-9]{9}$/),
      address: `${here.here.server.origin}/common/oauth2/deviceauth`,
    });
    const minutes = (Date.parse(codes[0]?.expiresAt ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(17);
  });

  it('comes by itself where no browser opens, and is cancelled without a trace', async () => {
    const here = await desk({ openBrowser: () => Promise.reject(new Error('no browser')) });
    here.listen((event, value) => {
      if (event !== 'run:event') return;
      const { run, event: step } = value as { run: string; event: SetupEvent };
      if (step.kind === 'code') void here.request('run:cancel', { run });
    });
    const seen = await here.setUp({ draft, certificate: null });
    expect(seen.map(({ kind }) => kind)).toContain('code');
    expect(seen.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'interrupted' } });
    expect(here.here.server.world.state.tenants[0]?.applications).toEqual([]);
  });

  it('that somebody declines ends the set-up in words', async () => {
    const here = await desk({ openBrowser: never });
    tick(here);
    const typed: Promise<unknown>[] = [];
    codeInstead(
      here,
      (code) =>
        void typed.push(
          followDeviceCode(code.address, code.userCode, { account: here.here.account('Declines consent') }).catch(
            (error: unknown) => error,
          ),
        ),
    );
    expect((await here.setUp({ draft, certificate: null })).at(-1)).toMatchObject({
      kind: 'failed',
      fault: { code: 'sign-in.consent-declined' },
    });
    await Promise.all(typed);
  });

  it('is not given to a run that has ended', async () => {
    const { request } = await desk();
    expect(await request('run:use-code', { run: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' })).toMatchObject({
      ok: false,
      fault: { code: 'window.run-unknown' },
    });
  });
});

describe('a credential with a profile of its own', () => {
  const own = profileReference({ id: 'our-own', version: 3, permissions: defaults.profile?.permissions.slice(0, 2) ?? [] });

  it('keeps it when it is edited and when it is set up again', async () => {
    const here = await desk();
    const { credential } = await here.here.connect({ profile: own });
    const edited = {
      ...draft,
      id: credential.id,
      name: credential.name,
      clientId: credential.clientId ?? '',
      tenant: credential.tenantId,
      profile: 'our-own',
    };
    expect(await here.request('credential:save', { draft: edited, certificate: null })).toMatchObject({
      ok: true,
      value: { profile: 'our-own' },
    });
    expect((await here.setUp({ draft: edited, certificate: null })).at(-1)).toMatchObject({
      kind: 'ended',
      report: { credential: { profile: 'our-own' } },
    });
    expect(here.here.services.engine.store.find(credential.id).profile).toEqual(own);
  });

  it('is no profile for another credential', async () => {
    const here = await desk();
    expect(await here.request('setup:begin', { draft: { ...draft, profile: 'our-own' }, certificate: null })).toMatchObject({
      ok: false,
      fault: { code: 'input.profile.unknown' },
    });
  });
});

describe('diagnostics', () => {
  it('are saved as they were shown, and not before', async () => {
    const { here, request, paths } = await desk();
    await here.connect();
    expect(await request('diagnostics:save', null)).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
    const shown = await request('diagnostics:read', null);
    if (!shown.ok) throw new Error(shown.fault.message);
    expect(shown.value.text).toMatch(/in the list: 1\n[^]*credential [0-9a-f-]{36}: proven|set-up/);
    expect(shown.value.text).not.toContain('Contoso archive');
    expect(await request('diagnostics:save', null)).toEqual({ ok: true, value: null });
    const path = join(here.directory, 'diagnostics.txt');
    paths.push(path);
    expect(await request('diagnostics:save', null)).toEqual({ ok: true, value: { path } });
    expect(readFileSync(path, 'utf8')).toBe(shown.value.text);
  });
});

describe('a certificate that ends', () => {
  it('is told on the desktop and to the window, once, and its click shows the credential', async () => {
    const here = await desk();
    const { credential } = await here.here.connect();
    const { services } = here.here;
    const notAfter = services.engine.store.find(credential.id).certificate?.notAfter ?? '';
    const later = {
      ...services,
      engine: { ...services.engine, clock: { ...services.engine.clock, now: () => new Date(Date.parse(notAfter) - 6 * 86_400_000) } },
    };
    const told: { title: string; body: string; clicked: () => void }[] = [];
    const emitted: unknown[] = [];
    let shown = 0;
    const notices = createExpiryNotices({
      services: () => later,
      practice: () => true,
      desktop: { notify: (notice) => void told.push(notice) },
      emit: (event, value) => void emitted.push([event, value]),
      show: () => void (shown += 1),
    });
    await notices.look();
    await notices.look();
    expect(told.map(({ title }) => title)).toEqual(['[Practice] The certificate of “Contoso archive” expires in 6 days']);
    expect(told[0]?.body).toContain('Contoso: valid until');
    told[0]?.clicked();
    expect(shown).toBe(1);
    expect(emitted).toEqual([
      ['expiry', { credential: credential.id, name: 'Contoso archive', step: 7, notAfter }],
      ['credential:show', { credential: credential.id }],
    ]);
  });

  it('of many credentials at once are told one by one for the most urgent, and together for the rest', async () => {
    const { here } = await desk();
    const { store } = here.services.engine;
    const { credential } = await here.connect();
    const first = store.find(credential.id);
    const { certificate } = first;
    if (certificate === null) throw new Error('without a certificate');
    const ends = (days: number) => ({ ...certificate, notAfter: new Date(Date.now() + days * 86_400_000).toISOString() });
    store.change(first.id, () => ({ certificate: ends(200) }));
    for (const days of [80, 50, 25, 12, 6, 0.5])
      store.insert({ ...first, id: randomUUID(), name: `Ends in ${days}`, certificate: ends(days) });
    const told: { title: string; body: string; clicked: () => void }[] = [];
    const emitted: unknown[] = [];
    let shown = 0;
    const notices = createExpiryNotices({
      services: () => here.services,
      practice: () => true,
      desktop: { notify: (notice) => void told.push(notice) },
      emit: (event) => void emitted.push(event),
      show: () => void (shown += 1),
    });
    await notices.look();
    expect(told.map(({ title }) => title)).toEqual([
      '[Practice] The certificate of “Ends in 0.5” expires in 1 day',
      '[Practice] The certificate of “Ends in 6” expires in 6 days',
      '[Practice] The certificate of “Ends in 12” expires in 12 days',
      '[Practice] 3 more certificates expire',
    ]);
    expect(told[3]?.body).toBe('Ends in 25, Ends in 50, Ends in 80. The list shows them all.');
    expect(emitted).toHaveLength(6);
    told[3]?.clicked();
    expect(shown).toBe(1);
  });
});
