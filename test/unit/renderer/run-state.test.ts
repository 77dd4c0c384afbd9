import { expect, it } from 'vitest';
import type { SetupEvent } from '../../../preload/contract.ts';
import { newRun, runReducer, runStage, type RunAction, type RunState } from '../../../renderer/run/run-state.ts';
import { fault, line, preview, report, run, signedIn } from '../../e2e/renderer/fake-bridge.ts';

const event = (given: SetupEvent, of = run): RunAction => ({ type: 'event', run: of, event: given });
const after = (state: RunState, ...actions: RunAction[]) => actions.reduce(runReducer, state);
const begun = after(newRun, { type: 'begin' }, { type: 'begun', run });
const code: SetupEvent = { kind: 'code', userCode: 'ABCDEFGHJ', address: 'https://login.example', expiresAt: '2026-11-24T12:00:00Z' };

it('goes from the sign-in over the plan to its end', () => {
  const planned = after(begun, event(signedIn()), event(preview()));
  const working = after(planned, { type: 'decided' });
  const states = [newRun, begun, planned, working, after(working, event({ kind: 'ended', report }))];
  expect(states.map(runStage)).toEqual(['sign-in', 'sign-in', 'plan', 'work', 'done']);
  expect(states.map(({ named }) => named)).toEqual([false, true, true, true, true]);
  expect(runStage(after(working, event({ kind: 'failed', fault: fault('interrupted') })))).toBe('failed');
});

it('shows a plan again that was made anew, and waits for another decision', () => {
  const working = after(begun, event(signedIn()), event(preview()), { type: 'decided' });
  const again = after(working, event(preview()));
  expect([working, again, after(again, { type: 'decided' })].map(runStage)).toEqual(['work', 'plan', 'work']);
});

it('loses no event that came before its name, and hears no other run', () => {
  const other = '99999999-9999-4999-8999-999999999999';
  const early = after(newRun, { type: 'begin' }, event(line('Waiting', 'sign-in', 'waiting')), event(preview(), other), event(signedIn()), {
    type: 'begun',
    run,
  });
  expect(early).toMatchObject({ early: [], preview: null, account: { username: 'admin@contoso.com' }, lines: [{ text: 'Waiting' }] });
  expect(after(begun, event(preview(), other))).toBe(begun);
});

it('takes the code away when it was used', () => {
  const shown = after(begun, { type: 'use-code' }, event(code));
  expect(shown).toMatchObject({ codeAsked: true, code: { userCode: 'ABCDEFGHJ' } });
  for (const next of [event(signedIn()), event(preview()), event(line('Signed in', 'sign-in', 'done'))])
    expect(after(shown, next).code).toBeNull();
});

it('begun once more forgets the fault, and stays the run that main had taken on', () => {
  const refused = after(newRun, { type: 'begin' }, { type: 'failed', fault: fault('removal.name-not-confirmed') });
  expect(refused).toMatchObject({ named: false, fault: { code: 'removal.name-not-confirmed' } });
  const failed = after(begun, event({ kind: 'failed', fault: fault('interrupted') }), { type: 'begin' });
  expect(failed).toMatchObject({ named: true, fault: null, run: null, lines: [] });
});
