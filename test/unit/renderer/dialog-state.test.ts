import { describe, expect, it } from 'vitest';
import type { DraftAnswer } from '../../../preload/contract.ts';
import { dialogReducer, editing, type DialogAction, type DialogState } from '../../../renderer/features/dialog/dialog-state.ts';
import {
  certificateToSend,
  currentCertificate,
  hasAdvancedFault,
  isAdvancedUsual,
  newForm,
  obstacleOf,
  ofServer,
  saidOf,
  storedForm,
  valueOf,
} from '../../../renderer/features/dialog/form.ts';
import { appFacts, facts, fault, row, settings, theirs } from '../../e2e/renderer/fake-bridge.ts';

const unanswered = editing(newForm({ ...settings, fqdn: 'mailstore.contoso.com' }));
const fresh = editing(newForm({ ...settings, custody: 'keyring', fqdn: 'mailstore.contoso.com' }));
const after = (state: DialogState, ...actions: DialogAction[]) => actions.reduce(dialogReducer, state);
const made = { certificate: '44444444-4444-4444-8444-444444444444', facts };
const imported = { certificate: '55555555-5555-4555-8555-555555555555', facts: theirs };
const answer = (faults: DraftAnswer['faults'] = {}): DraftAnswer => ({ faults, warnings: {}, redirectUri: null });
const emptyName = answer({ name: { message: 'Empty.', fix: 'Type one.' } });

describe('a new credential', () => {
  it('begins as the settings have it, and nobody has said yet who makes the certificate', () => {
    expect(unanswered.form.draft).toMatchObject({
      id: null,
      custody: null,
      fqdn: 'mailstore.contoso.com',
      port: '8462',
      userSignIn: true,
      profile: 'mailstore-guide',
    });
  });
});

describe('who makes the certificate', () => {
  const [mailStore, hybrid] = ['mailstore-server', 'exchange-hybrid'].map((id) => appFacts.servers.find((each) => each.id === id));
  if (mailStore === undefined || hybrid === undefined) throw new Error('not described');

  it('is what was answered the last time, or what a policy says', () => {
    expect(newForm({ ...settings, custody: 'external' }).draft.custody).toBe('external');
    expect(currentCertificate(unanswered.form)).toEqual({ kind: 'none' });
    expect(certificateToSend(unanswered.form)).toBeNull();
  });

  it('is no question where only the server can, and open again for another software', () => {
    const form = newForm({ ...settings, server: hybrid.id }, [], [], appFacts.servers);
    expect(form.draft).toMatchObject({ custody: 'external', userSignIn: false });
    expect(ofServer(form.draft, mailStore, hybrid, null).custody).toBeNull();
    expect(ofServer(form.draft, mailStore, hybrid, 'keyring').custody).toBe('keyring');
    expect(ofServer({ ...form.draft, custody: 'keyring' }, hybrid, mailStore, null).custody).toBe('external');
  });

  it('is asked again of a credential that waits since OK, until somebody has answered', () => {
    const waiting = { ...row, custody: 'external' as const, certificate: null, state: 'waiting-certificate' as const };
    expect(storedForm(waiting, settings).draft.custody).toBeNull();
    expect(storedForm(waiting, { ...settings, custody: 'keyring' }).draft.custody).toBe('external');
    expect(storedForm(row, settings).draft.custody).toBe('keyring');
  });
});

describe('what stands in the way of a set-up', () => {
  const told = (state: DialogState, faults: DraftAnswer['faults'] = {}) =>
    after(state, { type: 'validated', draft: state.form.draft, answer: answer(faults) });
  const wrong = { message: 'Wrong.', fix: '' };

  it('is the open question alone, where every field is right', () => {
    const named = after(unanswered, { type: 'typed', change: { name: 'Contoso' } });
    expect(obstacleOf(told(named).form)).toEqual({ kind: 'custody' });
    expect(obstacleOf(after(named, { type: 'typed', change: { custody: 'external' } }).form)).toBeNull();
  });

  it('is first what is shown as wrong, then what is empty', () => {
    const empty = told(unanswered, { name: wrong, fqdn: wrong });
    // What stands in the server name is no longer empty, and not yet left.
    expect(obstacleOf(empty.form)).toEqual({ kind: 'empty', fields: ['name'] });
    const left = after(empty, { type: 'left', field: 'fqdn' });
    expect(obstacleOf(left.form)).toEqual({ kind: 'wrong', count: 1 });
    expect(obstacleOf(after(left, { type: 'left', field: 'name' }).form)).toEqual({ kind: 'wrong', count: 2 });
  });

  it('goes as soon as something is typed, before main has looked at it', () => {
    const empty = told(fresh, { name: wrong });
    expect(obstacleOf(empty.form)).toEqual({ kind: 'empty', fields: ['name'] });
    expect(obstacleOf(after(empty, { type: 'typed', change: { name: 'C' } }).form)).toBeNull();
  });
});

describe('what stands under Advanced', () => {
  const [software] = appFacts.servers;
  if (software === undefined) throw new Error('not described');
  const change = (draft: Partial<typeof fresh.form.draft>) => after(fresh, { type: 'typed', change: draft }).form;

  it('is usual until something else than the default is chosen or typed', () => {
    expect(isAdvancedUsual(fresh.form, software)).toBe(true);
    for (const draft of [
      { appName: 'Mine' },
      { profile: 'directory-only' },
      { profile: '' },
      { cloud: 'china' as const },
      { userSignIn: false },
    ])
      expect(isAdvancedUsual(change(draft), software), JSON.stringify(draft)).toBe(false);
    expect(isAdvancedUsual(change({ name: 'Contoso', tenant: 'contoso.com' }), software)).toBe(true);
  });

  it('is shown where it is wrong', () => {
    const refused = after(
      fresh,
      { type: 'submit', way: 'ok' },
      { type: 'refused', answer: answer({ appName: { message: 'Too long.', fix: '' } }) },
    );
    expect(hasAdvancedFault(refused.form, null)).toBe(true);
    expect(hasAdvancedFault(fresh.form, 'appName')).toBe(true);
    expect(hasAdvancedFault(fresh.form, 'name')).toBe(false);
  });
});

describe('a stored credential', () => {
  it('gives server and port back from its redirect URI, also where the port is left out', () => {
    expect(storedForm(row, settings).draft).toMatchObject({
      id: row.id,
      fqdn: 'mailstore.contoso.com',
      port: '8462',
      userSignIn: true,
      tenant: row.tenantId,
    });
    expect(storedForm({ ...row, redirectUri: 'https://mailstore.contoso.com/oidc/signin' }, settings).draft.port).toBe('443');
    expect(storedForm({ ...row, redirectUri: null }, { ...settings, fqdn: 'other.example' }).draft).toMatchObject({
      userSignIn: false,
      fqdn: 'other.example',
      port: '8462',
    });
  });

  it('has its certificate under its own custody only, and sends none along', () => {
    const form = storedForm({ ...row, custody: 'external' }, settings);
    expect(form.certificates).toEqual({ keyring: { kind: 'none' }, external: { kind: 'stored', facts } });
    expect(certificateToSend(form)).toBeNull();
  });
});

describe('an annotation', () => {
  const annotations = [{ field: 'notes', label: 'Notes', lines: 'several', column: false, search: true }] as const;
  const opened = editing(storedForm({ ...row, notes: 'stored' }, settings, annotations));

  it('is shown as it is stored, and sent along only once it was typed', () => {
    expect(valueOf(opened.form, 'notes')).toBe('stored');
    expect(opened.form.draft).not.toHaveProperty('notes');
    const emptied = after(opened, { type: 'typed', change: { notes: '' } });
    expect([valueOf(emptied.form, 'notes'), emptied.form.draft.notes]).toEqual(['', '']);
    expect(valueOf(fresh.form, 'notes')).toBe('');
  });

  it('that is wrong gets the focus, after the fields of the registration', () => {
    const wrong = answer({ notes: { message: 'N.', fix: 'F.' } });
    const refused = after(opened, { type: 'submit', way: 'ok' }, { type: 'refused', answer: wrong });
    expect(refused).toMatchObject({ at: 'editing', focus: 'notes' });
    expect(saidOf(refused.form, 'notes').fault).toBe('N. F.');
  });
});

describe('what is wrong with a field', () => {
  const validated = after(fresh, { type: 'validated', draft: fresh.form.draft, answer: emptyName });

  it('is said only once the field was left', () => {
    expect(saidOf(validated.form, 'name').fault).toBeNull();
    expect(saidOf(after(validated, { type: 'left', field: 'name' }).form, 'name').fault).toBe('Empty. Type one.');
  });

  it('is not said of what was typed since', () => {
    const typed = after(validated, { type: 'left', field: 'name' }, { type: 'typed', change: { name: 'Contoso' } });
    expect(saidOf(typed.form, 'name').fault).toBeNull();
    expect(after(typed, { type: 'validated', draft: validated.form.draft, answer: emptyName })).toBe(typed);
  });

  it('is said of every field when the dialog is submitted, and the first one gets the focus', () => {
    const faults = answer({ port: { message: 'P.', fix: '' }, fqdn: { message: 'F.', fix: '' } });
    const refused = after(fresh, { type: 'submit', way: 'ok' }, { type: 'refused', answer: faults });
    expect(refused).toMatchObject({ at: 'editing', focus: 'fqdn' });
    expect(saidOf(refused.form, 'port').fault).toBe('P.');
  });

  it('stands beside the field also when the whole dialog was refused for it', () => {
    const failed = after(fresh, { type: 'submit', way: 'ok' }, { type: 'failed', fault: fault('credential.client-id-needed') });
    expect(failed).toMatchObject({ at: 'editing', fault: null, focus: 'clientId' });
    expect(saidOf(failed.form, 'clientId').fault).toContain('What happened');
    const later = after(failed, { type: 'validated', draft: failed.form.draft, answer: answer() });
    expect(saidOf(later.form, 'clientId').fault).toContain('What happened');
    expect(saidOf(after(later, { type: 'typed', change: { clientId: 'x' } }).form, 'clientId').fault).toBeNull();
    expect(after(fresh, { type: 'failed', fault: fault('vault.locked') })).toMatchObject({ fault: { code: 'vault.locked' }, focus: null });
  });
});

describe('certificates', () => {
  it('of both answers are kept while the person looks at the other one', () => {
    const both = after(fresh, { type: 'created', made }, { type: 'chosen', chosen: imported }, { type: 'import-confirmed' });
    expect(both.form.draft.custody).toBe('external');
    expect(certificateToSend(both.form)).toBe(imported.certificate);
    expect(certificateToSend(after(both, { type: 'typed', change: { custody: 'keyring' } }).form)).toBe(made.certificate);
  });

  it('that came with their key take the place of ours, also of one that is still being made', () => {
    const file = { file: made.certificate, name: 'server.pfx' };
    const fromFile = { ...imported, chain: 2 };
    const external = after(fresh, { type: 'typed', change: { custody: 'external' } });
    const asked = after(external, { type: 'pfx-chosen', file });
    expect(asked).toMatchObject({ at: 'importing-pfx', file, form: { draft: { custody: 'external' } } });
    const taken = after(fresh, { type: 'creating' }, { type: 'pfx-chosen', file }, { type: 'imported', made: fromFile });
    expect(certificateToSend(taken.form)).toBe(imported.certificate);
    expect(after(taken, { type: 'created', made })).toBe(taken);
    const switched = after(asked, { type: 'imported', made: fromFile });
    expect(switched.form.draft.custody).toBe('keyring');
    expect(currentCertificate(switched.form)).toEqual({ kind: 'new', ...fromFile });
    expect(certificateToSend(after(switched, { type: 'creating' }, { type: 'created', made }).form)).toBe(made.certificate);
  });

  it('that are only looked at change nothing until their thumbprint is confirmed', () => {
    const looked = after(fresh, { type: 'chosen', chosen: imported });
    expect(looked.at).toBe('confirming-import');
    const dismissed = after(looked, { type: 'dismissed' });
    expect(dismissed).toEqual(fresh);
  });

  it('that could not be made are not tried again by themselves', () => {
    const failed = after(fresh, { type: 'creating' }, { type: 'create-failed', fault: fault('unexpected') });
    expect(currentCertificate(failed.form)).toEqual({ kind: 'failed' });
    expect(failed).toMatchObject({ fault: { code: 'unexpected' } });
  });

  it('have details only where there is one', () => {
    expect(after(fresh, { type: 'details' })).toBe(fresh);
    expect(after(fresh, { type: 'created', made }, { type: 'details' })).toMatchObject({ at: 'details', facts });
  });

  it('that arrive while the dialog is being submitted do not take it back to typing', () => {
    expect(after(fresh, { type: 'creating' }, { type: 'submit', way: 'set-up' }, { type: 'created', made })).toMatchObject({
      at: 'submitting',
      way: 'set-up',
    });
  });
});
