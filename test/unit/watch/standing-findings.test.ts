import { expect, it } from 'vitest';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { findingReasons, standingFindings, type ServerFinding } from '../../../main/watch/index.ts';

const askedAt = '2026-11-30T08:00:00.000Z';
const finding = (some: Partial<ServerFinding>): ServerFinding => ({
  finding: 'failing',
  server: 'provider',
  serverName: 'Provider',
  instance: 'alpha',
  name: null,
  credential: null,
  askedAt,
  params: { since: '2026-11-29T10:00:00', runs: 2, reason: '' },
  fault: null,
  ...some,
});
const other = finding({ finding: 'other-certificate', name: 'Contoso', credential: 'one', params: { thumbprint: 'A', ours: 'B' } });
const away = finding({ finding: 'not-asked', params: {}, fault: { code: 'server.instance-stopped', params: {} } });

/** A credential whose server answered these checks at this time. */
const record = (id: string, checks: Readonly<Record<string, string>>, at = askedAt, passedAt?: string): CredentialRecord =>
  ({
    id,
    proof: {
      at,
      checks: Object.entries(checks).map(([check, result]) => ({
        check,
        result,
        evidence: '',
        ...(passedAt === undefined ? {} : { passedAt }),
      })),
    },
  }) as unknown as CredentialRecord;

/** All are in the instance alpha, whose name the list writes in capitals, but for those called “beta”. */
const archiveOf = (id: string) => ({ server: { id: 'provider' }, instance: id.startsWith('beta') ? 'beta' : 'ALPHA' });
const later = '2026-11-30T09:00:00.000Z';

it.each([
  ['a run that archived since', { 'server-archiving': 'passed' }, later, []],
  ['one that archived before it was asked', { 'server-archiving': 'passed' }, askedAt, ['failing']],
  ['a run that failed since', { 'server-archiving': 'failed' }, later, ['failing']],
  ['the certificate alone', { 'server-certificate': 'passed' }, later, ['failing']],
])('failing runs: %s', (_what, checks, at, left) => {
  expect(standingFindings([finding({})], [record('one', checks, at)], archiveOf).map((each) => each.finding)).toEqual(left);
});

it('is over by the time of the check itself, where the proof is older', () => {
  const shown = record('one', { 'server-certificate': 'passed' }, askedAt, later);
  expect(standingFindings([other], [shown], archiveOf)).toEqual([]);
  expect(standingFindings([other], [record('two', { 'server-certificate': 'passed' }, later)], archiveOf)).toEqual([other]);
});

it('says nothing over one archive by what another one shows', () => {
  expect(standingFindings([finding({})], [record('beta one', { 'server-archiving': 'passed' }, later)], archiveOf)).toHaveLength(1);
});

it('gives a reason to the credential that is meant, or to all in the archive, the first one found', () => {
  const records = ['one', 'two', 'beta one'].map((id) => record(id, {}));
  const reasons = findingReasons([away, other, finding({})], records, archiveOf, createTexts('en'));
  expect([...reasons]).toEqual([
    ['one', 'Provider holds another certificate'],
    ['two', 'runs in Provider fail since 2026-11-29'],
  ]);
});

it('says nothing here of a credential there that nobody added', () => {
  const foreign = finding({ finding: 'expired', name: 'Foreign', credential: null, params: {} });
  expect(findingReasons([foreign], [record('one', {})], archiveOf, createTexts('en')).size).toBe(0);
});
