import { describe, expect, it } from 'vitest';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { loadProfiles, profileById, readsMail } from '../../../main/servers/index.ts';
import { checks } from '../../../main/registration/verify/checks/index.ts';
import { isDone, proofState } from '../../../main/registration/verify/proof-state.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

type Results = Readonly<Record<string, 'passed' | 'failed' | 'pending' | 'not-testable'>>;

const validated = (results: Results) => Object.entries(results).map(([check, result]) => ({ check, result }));
const stateOf = (record: CredentialRecord, results: Results, consentOutstanding = false) =>
  proofState(record, validated(results), consentOutstanding);
const withProfile = (id: string, changes: Partial<CredentialRecord> = {}) => sampleRecord({ profile: profileById(id), ...changes });

describe('the state after a proof', () => {
  const record = withProfile('directory-only', { state: 'never-checked' });

  it('needs attention as soon as one check failed', () => {
    expect(stateOf(record, { 'token-graph': 'failed', 'redirect-uri': 'pending' })).toBe('needs-attention');
  });

  it('waits for what is missing: the certificate, consent, replication', () => {
    expect(stateOf({ ...record, certificate: null }, { 'key-credential': 'pending' })).toBe('waiting-certificate');
    expect(stateOf(record, { 'roles-granted': 'pending' }, true)).toBe('waiting-consent');
    expect(stateOf(record, { 'token-graph': 'pending', 'redirect-uri': 'passed' })).toBe('waiting-replication');
  });

  it('stays what it was where nothing could be seen', () => {
    expect(stateOf({ ...record, state: 'confirmed' }, { 'token-graph': 'not-testable' })).toBe('confirmed');
  });

  it('is the administrator’s word where something could not be seen, for this very certificate and profile', () => {
    const results: Results = { 'token-graph': 'not-testable', 'key-credential': 'passed' };
    const handedOver = (profile: string): CredentialRecord => ({
      ...record,
      certificate: sampleCertificate({
        handover: { confirmedAt: '2026-11-24T10:32:00Z', by: 'admin@contoso.com', profile: { id: profile, version: 1 } },
      }),
    });
    expect(stateOf(handedOver('directory-only'), results)).toBe('confirmed');
    expect(stateOf(handedOver('mailstore-guide'), results)).toBe('set-up');
    expect(stateOf(record, results)).toBe('set-up');
  });

  it('is proven without mail only where the profile reads none', () => {
    const all: Results = { 'token-graph': 'passed', 'graph-read': 'passed', 'key-credential': 'passed' };
    expect(stateOf(record, all)).toBe('proven');
    for (const id of ['mailstore-guide', 'mailstore-graph']) {
      expect(stateOf(withProfile(id), all), id).toBe('set-up');
      for (const about of ['ews-allowed', 'mail-read', 'imap'])
        expect(stateOf(withProfile(id), { ...all, [about]: 'passed' }), `${id} ${about}`).toBe('proven');
    }
  });
});

describe('what makes a proof good', () => {
  it('is the tokens where the key is here', () => {
    const record = withProfile('mailstore-guide');
    expect(isDone(record, validated({ 'token-graph': 'passed', 'key-credential': 'not-testable' }))).toBe(true);
    expect(isDone(record, validated({ 'token-graph': 'passed', 'token-exchange': 'not-testable' }))).toBe(false);
  });

  it('is what can be read where the server holds the key', () => {
    const record = withProfile('mailstore-guide', { custody: 'external' });
    expect(isDone(record, validated({ 'token-graph': 'not-testable', 'key-credential': 'passed', 'roles-granted': 'passed' }))).toBe(true);
    for (const open of ['key-credential', 'roles-granted', 'redirect-uri'])
      expect(isDone(record, validated({ 'token-graph': 'not-testable', [open]: 'not-testable' })), open).toBe(false);
  });

  it('is nothing while a check failed or is pending', () => {
    const record = withProfile('directory-only');
    for (const open of ['failed', 'pending'] as const)
      expect(isDone(record, validated({ 'token-graph': 'passed', 'logout-url': open })), open).toBe(false);
  });
});

describe('the checks that a profile has', () => {
  const names = (record: CredentialRecord) =>
    Object.entries(checks)
      .filter(([, rule]) => rule.applies(record))
      .map(([name]) => name);

  it('say of every profile that reads mail what stays to be shown about mail', () => {
    for (const profile of loadProfiles()) {
      const own = names(sampleRecord({ profile }));
      expect(
        ['mail-read', 'imap', 'ews-allowed'].some((name) => own.includes(name)),
        profile.id,
      ).toBe(readsMail(profile));
    }
  });

  it.each([
    ['00000003-0000-0000-c000-000000000000', 'Role', 'Mail.ReadBasic.All', true],
    ['00000003-0000-0000-c000-000000000000', 'Role', 'Mail.Send', false],
    ['00000003-0000-0000-c000-000000000000', 'Role', 'MailboxSettings.Read', false],
    ['00000003-0000-0000-c000-000000000000', 'Scope', 'Mail.Read', false],
    ['00000003-0000-0000-c000-000000000000', 'Role', 'full_access_as_app', false],
    ['00000002-0000-0ff1-ce00-000000000000', 'Role', 'IMAP.AccessAsApp', true],
    ['00000002-0000-0ff1-ce00-000000000000', 'Role', 'Exchange.ManageAsApp', false],
  ] as const)('count %s %s %s as mail: %s', (resourceAppId, type, value, mail) => {
    expect(readsMail({ permissions: [{ resourceAppId, type, value, why: 'x' }] })).toBe(mail);
  });
});
