import { describe, expect, it } from 'vitest';
import type { CredentialRow, Input } from '../../preload/contract.ts';
import { desk, draft, follow } from './desk.ts';

const mailbox = 'test.mailbox@contoso.example';

async function ready(profile = 'mailstore-guide') {
  const here = await desk();
  const ended = (await here.setUp({ draft: { ...draft, profile }, certificate: null })).at(-1);
  if (ended?.kind !== 'ended') throw new Error('not set up');
  const { id } = ended.report.credential;
  const row = async (): Promise<CredentialRow> => {
    const listed = await here.request('credentials:list', { deleted: false });
    const found = listed.ok ? listed.value.find((each) => each.id === id) : undefined;
    if (found === undefined) throw new Error('not listed');
    return found;
  };
  const wish: Input<'migration:begin'> = {
    id,
    to: 'mailstore-graph',
    pilot: true,
    mailbox,
    losses: ['archive-mailboxes', 'public-folders'],
  };
  const begin = (more: Partial<typeof wish> = {}) => follow(here, () => here.request('migration:begin', { ...wish, ...more }));
  return { here, id, row, wish, begin };
}

describe('a move from EWS', () => {
  it('goes from beside over the proof and the server to the end, and back', async () => {
    const { here, id, row, begin } = await ready();
    expect((await row()).migration).toEqual({ target: 'Microsoft Graph', timeline: [], next: 'begin', canGoBack: false });
    const seen = await begin();
    const preview = seen.find(({ kind }) => kind === 'preview');
    expect(preview?.kind === 'preview' && preview.plan.filter(({ removes }) => removes)).toEqual([]);
    expect(seen.at(-1)).toMatchObject({
      kind: 'ended',
      report: { credential: { id, migration: { target: 'Microsoft Graph', next: 'handover', canGoBack: true } }, proof: { ok: true } },
    });
    expect((await row()).migration?.timeline.map(({ state }) => state)).toEqual(['begun', 'granted', 'proven']);

    expect(await here.request('handover:confirm', { id, thumbprint: here.current(id) })).toMatchObject({
      ok: true,
      value: { migration: { next: 'finish' } },
    });
    const finished = await follow(here, () => here.request('migration:finish', { id }));
    expect(finished.find(({ kind }) => kind === 'preview')).toMatchObject({
      plan: [
        { change: 'revoke-role', removes: true },
        { change: 'remove-permission', removes: true },
      ],
    });
    expect((await row()).migration).toMatchObject({ next: 'nothing', canGoBack: true });

    await follow(here, () => here.request('migration:back', { id }));
    expect(await row()).toMatchObject({ profile: 'mailstore-guide', migration: { next: 'begin', canGoBack: false } });
    expect((await row()).migration?.timeline.at(-1)?.state).toBe('rolled-back');
  });

  it('offers what the server can use instead, says what that costs, and what is done in the server', async () => {
    const { here, id } = await ready();
    const offer = await here.request('migration:offer', { id });
    expect(offer).toMatchObject({
      ok: true,
      value: {
        targets: [
          { id: 'mailstore-graph', unconfirmed: true, losses: [{ loss: 'archive-mailboxes', count: null }, { loss: 'public-folders' }] },
        ],
        lookedAt: null,
      },
    });
    expect(offer.ok && [offer.value.targets[0]?.needs, offer.value.steps.join(' ')]).toEqual([
      expect.stringContaining('26'),
      expect.stringContaining('Microsoft Graph'),
    ]);
  });

  it.each([
    [{ losses: [] }, 'migrate.losses'],
    [{ losses: ['public-folders'] }, 'migrate.losses'],
    [{ pilot: false }, 'migrate.unconfirmed'],
  ] as const)('is refused with %j before anybody signs in', async (more, code) => {
    const { row, begin } = await ready();
    const seen = await begin({
      ...more,
      losses: [...('losses' in more ? more.losses : (['archive-mailboxes', 'public-folders'] as const))],
    });
    expect(seen.map(({ kind }) => kind)).toEqual(['failed']);
    expect(seen.at(-1)).toMatchObject({ fault: { code } });
    expect((await row()).migration).toMatchObject({ next: 'begin' });
  });

  it('is refused at once to what is no target, and with what is no address', async () => {
    const { here, wish } = await ready();
    for (const [more, code] of [
      [{ to: 'directory-only' }, 'input.profile.unknown'],
      [{ to: 'mailstore-guide' }, 'input.profile.unknown'],
      [{ mailbox: 'test mailbox' }, 'migrate.mailbox-invalid'],
    ] as const)
      expect(await here.request('migration:begin', { ...wish, ...more })).toMatchObject({ ok: false, fault: { code } });
  });

  it('is nothing for a credential without EWS', async () => {
    const { row } = await ready('mailstore-graph');
    expect((await row()).migration).toBeUndefined();
  });
});
