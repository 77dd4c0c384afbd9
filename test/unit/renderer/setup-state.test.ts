import { describe, expect, it } from 'vitest';
import type { SetupEvent } from '../../../preload/contract.ts';
import {
  beginSetup,
  beginSheet,
  publishing,
  setupReducer,
  type SetupAction,
  type SetupState,
} from '../../../renderer/features/setup/setup-state.ts';
import { changesDone, withLine, type Line } from '../../../renderer/run/lines.ts';
import { newForm } from '../../../renderer/features/dialog/form.ts';
import { facts, fault, line, plan, preview, report, row, run, settings, signedIn, signedOut } from '../../e2e/renderer/fake-bridge.ts';

const intent = { draft: { ...newForm(settings).draft, name: 'Contoso archive' }, certificate: null };
const start = beginSetup(intent);
const event = (given: SetupEvent, of = run): SetupAction => ({ type: 'event', run: of, event: given });
const after = (state: SetupState, ...actions: SetupAction[]) => actions.reduce(setupReducer, state);
const begun = after(start, { type: 'begin', intent }, { type: 'begun', run });
const planned = after(begun, event(signedIn()), event(preview()));
const applying = after(planned, { type: 'apply' });
const proven = after(applying, event(signedOut), event({ kind: 'ended', report }));
const sheet = after(proven, { type: 'to-sheet' });

describe('the way', () => {
  it('goes from the tenant to the sheet, one step after the other', () => {
    const states = [start, begun, planned, applying, proven, sheet, after(sheet, { type: 'changed', credential: row })];
    expect(states.map(({ stage }) => stage.at)).toEqual(['tenant', 'signing-in', 'plan', 'applying', 'proof', 'sheet', 'sheet']);
  });

  it('begins with the sign-in where the dialog has said whose tenant it is, and comes back to the tenant when it is cancelled', () => {
    const named = beginSetup({ ...intent, draft: { ...intent.draft, tenant: 'contoso.com' } });
    expect(named.stage).toMatchObject({ at: 'signing-in', run: null });
    const cancelled = after(named, { type: 'begun', run }, { type: 'cancel' }, event({ kind: 'failed', fault: fault('interrupted') }));
    expect(cancelled.stage).toEqual({ at: 'tenant', cancelled: true, fault: null });
  });

  it('makes the plan anew for another profile while its administrator stays signed in, and can come back', () => {
    const other = after(planned, { type: 'instead', profile: 'mailstore-graph', before: 'mailstore-guide' });
    expect(other.stage).toMatchObject({ at: 'signing-in', run, account: { username: 'admin@contoso.com' }, preview: null });
    expect(other.intent).toMatchObject({ draft: { profile: 'mailstore-graph' }, before: 'mailstore-guide' });
    const anew = after(other, event(preview()));
    expect(anew.stage).toMatchObject({ at: 'plan', run, accepted: [], done: [] });
    const back = after(anew, { type: 'instead', profile: 'mailstore-guide', before: undefined });
    expect([back.intent.draft.profile, back.intent.before]).toEqual(['mailstore-guide', undefined]);
    expect(after(applying, { type: 'instead', profile: 'mailstore-graph', before: undefined })).toBe(applying);
  });

  it('skips the plan where nothing is to be changed', () => {
    expect(after(begun, event(signedIn()), event({ kind: 'ended', report })).stage.at).toBe('proof');
  });

  it('keeps the session of its administrator for what comes, and knows when it has ended', () => {
    const staying = after(applying, event({ kind: 'stays', report, fault: null, added: [] }));
    expect(staying.stage).toMatchObject({ at: 'proof', run, signedIn: true });
    const left = after(staying, { type: 'to-sheet' }, event({ kind: 'ended', report }));
    expect(left.stage).toMatchObject({ at: 'sheet', run: null, signedIn: true });
  });
});

describe('events', () => {
  it('that come before main has named the run are not lost', () => {
    const early = after(start, { type: 'begin', intent }, event(line('Waiting', 'sign-in', 'waiting')), event(signedIn()), {
      type: 'begun',
      run,
    });
    expect(early.stage).toMatchObject({
      at: 'signing-in',
      run,
      early: [],
      account: { username: 'admin@contoso.com' },
      lines: [{ text: 'Waiting' }],
    });
  });

  it('of another run change nothing, early ones neither', () => {
    const other = '99999999-9999-4999-8999-999999999999';
    expect(after(begun, event(preview(), other))).toBe(begun);
    expect(after(start, { type: 'begin', intent }, event(preview(), other), { type: 'begun', run }).stage.at).toBe('signing-in');
  });

  it('of a run that is over change nothing', () => {
    expect(after(proven, event({ kind: 'failed', fault: fault('interrupted') }))).toBe(proven);
  });
});

describe('lines', () => {
  const shown = (...lines: Line[]) => lines.reduce<readonly Line[]>(withLine, []).map(({ text }) => text);
  it('that pass are replaced, lines that are done stay', () => {
    expect(
      shown(
        { step: '', text: 'reading', outcome: 'doing' },
        { step: 'registration', text: 'registered', outcome: 'done' },
        { step: '', text: 'waiting', outcome: 'waiting' },
        { step: 'consent', text: 'not permitted', outcome: 'refused' },
      ),
    ).toEqual(['registered', 'not permitted']);
  });

  it('know how often they were waited for', () => {
    const lines = [
      { step: '', text: 'waiting', outcome: 'waiting' as const },
      { step: '', text: 'waiting', outcome: 'waiting' as const },
      { step: 'consent', text: 'granted', outcome: 'done' as const },
      { step: 'consent', text: 'granted too', outcome: 'done' as const },
    ].reduce<readonly Line[]>(withLine, []);
    expect(lines.map(({ text, attempts }) => [text, attempts])).toEqual([
      ['granted', 2],
      ['granted too', undefined],
    ]);
  });

  it('are counted where they are changes of the tenant', () => {
    const lines: Line[] = [
      ['sign-in', 'done'],
      ['certificate', 'done'],
      ['registration', 'done'],
      ['consent', 'refused'],
      ['', 'waiting'],
      ['sign-out', 'done'],
    ].map(([step = '', outcome]) => ({ step, text: step, outcome: outcome as Line['outcome'] }));
    expect(changesDone(lines)).toBe(2);
  });
});

describe('ticks', () => {
  it('go on and off, and each accepted finding is one more change', () => {
    const ticked = after(
      planned,
      { type: 'ticked', id: 'access-tokens', on: true },
      { type: 'ticked', id: 'x', on: true },
      { type: 'ticked', id: 'x', on: false },
    );
    expect(ticked.stage).toMatchObject({ accepted: ['access-tokens'] });
    expect(after(ticked, { type: 'apply' }).stage).toMatchObject({ total: plan.length + 1 });
  });
});

describe('what ends early', () => {
  it('by Cancel during the sign-in is back at its beginning, without a fault', () => {
    expect(after(begun, { type: 'cancel' }, event({ kind: 'failed', fault: fault('interrupted') })).stage).toEqual({
      at: 'tenant',
      cancelled: true,
      fault: null,
    });
  });

  it('while changes are made says what was done until then', () => {
    const stopped = after(
      applying,
      event(line('Registered', 'registration', 'done')),
      event(line('Waiting', '', 'waiting')),
      { type: 'cancel' },
      event(signedOut),
      event({ kind: 'failed', fault: fault('interrupted') }),
    );
    expect(stopped.stage).toMatchObject({ at: 'failed', fault: { code: 'interrupted' }, lines: [{ text: 'Registered' }] });
  });

  it('at a plan that was made anew says what the plan before it did', () => {
    const anew = after(applying, event(line('Registered', 'G2', 'done')), event(line('Waiting', '', 'waiting')), event(preview()));
    expect(anew.stage).toMatchObject({ at: 'plan', done: [{ text: 'Registered' }] });
    expect(after(anew, { type: 'apply' }).stage).toMatchObject({ lines: [{ text: 'Registered' }], total: plan.length + 1 });
    expect(after(anew, event({ kind: 'failed', fault: fault('input.declined') })).stage).toMatchObject({
      at: 'failed',
      lines: [{ text: 'Registered' }],
    });
    expect(after(planned, event({ kind: 'failed', fault: fault('input.declined') })).stage).toMatchObject({ at: 'failed', lines: [] });
  });

  it('before it began stays on the first page', () => {
    expect(after(start, { type: 'begin', intent }, { type: 'refused', fault: fault('input.tenant.invalid') }).stage).toMatchObject({
      at: 'tenant',
      fault: { code: 'input.tenant.invalid' },
    });
  });

  it('can be begun again with the same intent', () => {
    const failed = after(begun, event({ kind: 'failed', fault: fault('service.unreachable', true) }));
    expect(failed).toMatchObject({ intent, stage: { at: 'failed' } });
    expect(after(failed, { type: 'begin', intent: failed.intent }).stage.at).toBe('signing-in');
  });
});

describe('MailStore’s certificate', () => {
  const waiting = {
    ...report,
    credential: { ...row, custody: 'external' as const, certificate: null, state: 'waiting-certificate' as const },
  };
  const chosen = { certificate: '55555555-5555-4555-8555-555555555555', facts };

  const stays = (shown: typeof report, failure: ReturnType<typeof fault> | null = null) =>
    event({ kind: 'stays', report: shown, fault: failure, added: [] });

  it('is asked for directly after the changes, in the session that is open', () => {
    const state = after(applying, stays(waiting));
    expect(state.stage).toMatchObject({ at: 'sheet', run, publishing: null });
    const given = after(state, { type: 'publishing', chosen });
    expect(given.stage).toMatchObject({ publishing: chosen });
    const published = { ...waiting, credential: { ...waiting.credential, certificate: facts, state: 'set-up' as const } };
    expect(after(given, event(line('Publish', 'key-credential', 'done')), stays(published)).stage).toMatchObject({
      at: 'sheet',
      run,
      publishing: null,
      report: { credential: { certificate: facts } },
    });
  });

  it('that is refused leaves the sheet as it was, for another one', () => {
    const given = after(applying, stays(waiting), { type: 'publishing', chosen });
    expect(after(given, stays(waiting, fault('certificate.expired'))).stage).toMatchObject({
      at: 'sheet',
      run,
      publishing: null,
      fault: { code: 'certificate.expired' },
    });
    expect(after(given, event({ kind: 'failed', fault: fault('lease.held') })).stage).toMatchObject({
      at: 'sheet',
      run: null,
      publishing: null,
      fault: { code: 'lease.held' },
    });
  });

  it('comes after the proof where somebody has to look at that first', () => {
    const refused = { ...waiting, credential: { ...waiting.credential, state: 'waiting-consent' as const } };
    expect(after(applying, stays(refused)).stage.at).toBe('proof');
  });

  it('is published for a credential that was registered earlier, after a sign-in', () => {
    const state = beginSheet(waiting);
    expect(state.stage).toMatchObject({ at: 'sheet', run: null, signedIn: false });
    expect(publishing(state.intent, chosen)).toEqual({
      certificate: chosen.certificate,
      draft: {
        id: row.id,
        name: row.name,
        clientId: row.clientId,
        tenant: row.tenantId,
        custody: 'external',
        fqdn: 'mailstore.contoso.com',
        port: '8462',
        userSignIn: true,
        server: 'mailstore-server',
        instance: '',
        profile: 'mailstore-guide',
        cloud: 'global',
      },
    });
  });

  it('can take the place of ours: the sheet then waits for it', () => {
    const switched = after(sheet, { type: 'use-servers-certificate' });
    expect(switched).toMatchObject({
      intent: { draft: { custody: 'external' } },
      stage: { at: 'sheet', report: { credential: { custody: 'external', certificate: null } } },
    });
  });
});

describe('a code in the place of the browser', () => {
  const code = event({
    kind: 'code',
    userCode: 'ABCDEFGHJ',
    address: 'https://microsoft.com/devicelogin',
    expiresAt: '2026-11-24T12:15:00Z',
  });
  const codeIn = ({ stage }: SetupState) => ('code' in stage ? stage.code : undefined);

  it.each([
    ['done', null],
    ['refused', null],
    ['waiting', 'ABCDEFGHJ'],
    ['doing', 'ABCDEFGHJ'],
  ] as const)('is shown until something is done with it: after a line that is %s', (outcome, left) => {
    for (const at of [begun, applying]) {
      const shown = after(at, code);
      expect(codeIn(shown)?.userCode).toBe('ABCDEFGHJ');
      expect(codeIn(after(shown, event(line('Text', 'G1', outcome))))?.userCode ?? null).toBe(left);
    }
  });
});
