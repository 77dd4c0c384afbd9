import { clouds, type Cloud } from '../../../main/clouds/index.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import type { AppOnlyToken } from '../../../main/identity/session.ts';
import type { Part } from '../../../main/registration/observe/behind.ts';
import type { Observed } from '../../../main/registration/observed.ts';
import type { CheckContext } from '../../../main/registration/verify/check-rule.ts';
import { checks, type CheckName } from '../../../main/registration/verify/checks/index.ts';
import type { Evidence, TokenEvidence } from '../../../main/registration/verify/evidence.ts';
import { application, connected, withApplication } from './connected-tenant.ts';
import { desired, ourKey, permissions } from './generated-tenant.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

export const certificate = sampleCertificate({
  thumbprint: ourKey.thumbprint ?? '',
  thumbprintSha256: ourKey.thumbprintSha256 ?? '',
  notBefore: '2026-11-24T11:50:00Z',
  notAfter: '2028-02-24T11:50:00Z',
});
export const record = sampleRecord({
  clientId: application.clientId,
  tenantId: '70000000-0000-4000-8000-000000000001',
  redirectUri: desired.redirectUri,
  profile: { id: 'mailstore-guide', version: 1, permissions },
  certificate,
});

export interface Situation {
  readonly record?: Partial<CredentialRecord>;
  readonly evidence?: Partial<Evidence>;
  readonly replicating?: boolean;
  readonly consentOutstanding?: boolean;
  readonly behind?: readonly Part[];
  readonly cloud?: Cloud;
}

/** As a check finds it: its own view of the connected tenant, if nothing else is said. */
export function contextOf({
  record: changes,
  evidence,
  replicating = false,
  consentOutstanding = false,
  behind = [],
  cloud = clouds.global,
}: Situation): CheckContext {
  const run = { record: { ...record, ...changes }, cloud, ewsSwitch: null };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a check reads nothing else of the run
    run: run as CheckContext['run'],
    server: null,
    evidence: { tokens: {}, read: null, view: { observed: connected, by: 'credential' }, mail: null, administratorView: null, ...evidence },
    replicating,
    behind: () => new Set(behind),
    consentOutstanding,
  };
}

export function verdict(check: CheckName, situation: Situation) {
  const { result, evidence } = checks[check].validate(contextOf(situation));
  return [result, typeof evidence === 'string' ? evidence : evidence.code];
}
export const seen = (changes: Partial<Observed>): Situation => ({
  evidence: { view: { observed: { ...connected, ...changes }, by: 'credential' } },
});
export const inApplication = (changes: Parameters<typeof withApplication>[0]): Situation => seen(withApplication(changes));

export const token = (claims: Partial<AppOnlyToken['claims']> = {}): TokenEvidence => ({
  token: {
    accessToken: 'token',
    clockDifference: null,
    claims: {
      aud: 'https://graph.microsoft.com',
      tid: record.tenantId,
      appid: record.clientId ?? '',
      oid: 'sp',
      roles: ['Directory.Read.All'],
      ...claims,
    },
  },
});
