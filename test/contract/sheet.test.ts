import { describe, expect, it } from 'vitest';
import type { SetupEvent } from '../../preload/contract.ts';
import { toCer } from '../../main/certificates/index.ts';
import { ours } from '../unit/certificates/samples.ts';
import { desk, draft, follow, type Desk } from './desk.ts';

type Stays = Extract<SetupEvent, { kind: 'stays' }>;

/** Sets up with the server's key, and answers each time that the session stays. */
const setUp = (here: Desk, onStay: (stays: Stays, run: string, turn: number) => void) => {
  let turn = 0;
  return follow(
    here,
    () => here.request('setup:begin', { draft: { ...draft, custody: 'external' }, certificate: null }),
    true,
    (step, run) => {
      if (step.kind === 'stays') onStay(step, run, (turn += 1));
    },
  );
};

describe('the sheet', () => {
  it('takes the server’s certificate in the session that registered, and ticks that step by what is seen', async () => {
    const here = await desk();
    const { certificate } = await ours('MailStore');
    const kept = await here.request('certificate:read', {
      name: 'MailStore.cer',
      content: Buffer.from(toCer(certificate)).toString('base64'),
    });
    if (!kept.ok) throw new Error(kept.fault.code);
    const shown: Stays[] = [];
    const seen = await setUp(here, (stays, run, turn) => {
      shown.push(stays);
      if (turn === 1) void here.request('setup:publish', { run, certificate: kept.value.certificate });
      else void here.request('setup:leave', { run });
    });
    expect(shown.map(({ report }) => report.credential.sheet)).toEqual([{}, { certificate: { by: 'evidence', at: expect.any(String) } }]);
    expect(seen.filter(({ kind }) => kind === 'preview')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ kind: 'ended', report: { credential: { certificate: { thumbprint: certificate.thumbprint } } } });
    // Whoever leaves later, or twice, does no harm.
    expect(await here.request('setup:leave', { run: '11111111-1111-4111-8111-111111111111' })).toEqual({ ok: true, value: null });
  });

  it('keeps its ticks with the credential, and takes them back', async () => {
    const here = await desk();
    const seen = await setUp(here, (_, run) => void here.request('setup:leave', { run }));
    const ended = seen.at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    const { id } = ended.report.credential;
    const mark = (step: string, done: boolean) => here.request('sheet:mark', { id, step, done });
    expect(await mark('credential', true)).toMatchObject({ ok: true, value: { sheet: { credential: { by: 'person' } } } });
    await mark('selected', true);
    const read = await here.request('credential:read', { id });
    expect(read).toMatchObject({ ok: true, value: { report: { credential: { sheet: { credential: {}, selected: {} } } } } });
    expect(await mark('credential', false)).toMatchObject({ ok: true, value: { sheet: { selected: { by: 'person' } } } });
    const again = await here.request('credential:read', { id });
    expect(again.ok && Object.keys(again.value.report.credential.sheet)).toEqual(['selected']);
  });

  it('opens the page of a step and the one that signs out in the browser, and no other', async () => {
    const here = await desk();
    const seen = await setUp(here, (_, run) => void here.request('setup:leave', { run }));
    const ended = seen.at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    const { id, tenantId } = ended.report.credential;
    await here.request('portal:open', { id, page: 'sign-out' });
    expect(here.opened.at(-1)).toBe(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/logout`);
    expect(await here.request('sheet:open', { id, step: 'credential' })).toMatchObject({
      ok: false,
      fault: { code: 'window.request-malformed' },
    });
  });

  it('ends its session when the window leaves it in the middle', async () => {
    const here = await desk();
    const seen = await setUp(here, (_, run) => void here.request('run:cancel', { run }));
    expect(seen.at(-1)).toMatchObject({ kind: 'ended', report: { credential: { state: 'waiting-certificate' } } });
    expect(seen.some((step) => step.kind === 'line' && step.step === 'sign-out')).toBe(true);
  });
});
