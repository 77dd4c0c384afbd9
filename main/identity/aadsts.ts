import type { FaultCode } from '../faults.ts';

/** What was asked for decides what a number means: 700016 is the sign-in client, or the application being proven. */
export type Asked = 'sign-in' | 'token';

type Meanings = readonly (readonly [FaultCode, ...numbers: string[]])[];

/*
 * Numbers of Microsoft Entra's security token service, grouped by what the administrator can do about them (Microsoft
 * identity platform, "Microsoft Entra authentication and authorization error codes"). Microsoft may add and change
 * numbers: an unknown one becomes the general code, and Microsoft's own sentence goes along with every one.
 */
const either: Meanings = [
  ['sign-in.tenant-unknown', '90002', '90019', '900021', '900023', '50059'],
  ['sign-in.wrong-cloud', '90038', '900381', '900382'],
  ['token.clock', '700024', '500133'],
  ['sign-in.timed-out', '70020'],
];

const signIn: Meanings = [
  ['sign-in.account-elsewhere', '50020', '90072', '16000', '160021', '51004'],
  ['sign-in.personal-account', '500208', '500207'],
  ['sign-in.account-refused', '50034', '50053', '50055', '50056', '50057', '50126', '50144'],
  ['sign-in.consent-declined', '65004'],
  ['sign-in.consent-needed', '65001', '90094', '90095', '90093', '90099'],
  ['sign-in.user-not-assigned', '50105'],
  ['sign-in.multi-factor', '50072', '50074', '50076', '50079', '50158'],
  ['sign-in.device-needed', '50097', '50129', '53000', '53001', '530003', '700003'],
  ['sign-in.conditional-access', '50131', '53003', '530034'],
  ['sign-in.tenant-security', '530032', '530035', '53004'],
  ['sign-in.expired', '50078', '50132', '50133', '50173', '54005', '70008', '70043', '700081', '700082', '700084'],
  ['sign-in.client-unknown', '700016', '7000229'],
  ['sign-in.client-disabled', '70001', '7000112'],
  ['sign-in.client-unsuitable', '50011', '500113', '50194', '500011', '65002', '650052', '650056', '650057', '700025', '700054', '7000218'],
];

const token: Meanings = [
  ['token.application-unknown', '700016'],
  ['token.service-principal-missing', '7000229'],
  ['token.application-disabled', '70001', '7000112'],
  ['token.certificate-not-authorised', '50012', '700030'],
  ['token.public-client', '700025'],
  ['token.credential-refused', '7000215', '7000218', '7000222'],
  ['token.resource-missing', '500011', '650052'],
  ['token.permissions-misconfigured', '650056', '650057'],
  ['token.role-missing', '501051'],
  ['token.reply-address', '50011', '500113'],
  ['token.id-tokens-off', '700054'],
  ['token.single-tenant', '50194'],
  ['token.conditional-access', '53003', '530035'],
];

const index = (...tables: readonly Meanings[]): ReadonlyMap<string, FaultCode> =>
  new Map(tables.flat().flatMap(([code, ...numbers]) => numbers.map((number) => [number, code] as const)));

const codes = { 'sign-in': index(either, signIn), token: index(either, token) } as const;

/** Signature of a client assertion: one number for three causes, told apart by the reason Entra gives in brackets. */
function assertionCode(detail: string): FaultCode {
  if (/key was not found/i.test(detail)) return 'token.key-not-found';
  if (/key used is expired|is expired on application/i.test(detail)) return 'token.key-expired';
  return 'token.signature-mismatch';
}

/** Fault code of an AADSTS number; `sign-in.refused` or `token.refused` where the number is not known here. */
export function codeOfNumber(number: string, asked: Asked, detail: string): FaultCode {
  if (asked === 'token' && number === '700027') return assertionCode(detail);
  return codes[asked].get(number) ?? (asked === 'token' ? 'token.refused' : 'sign-in.refused');
}
