import type { Certificate } from '../../certificates/index.ts';
import { storedCertificate, type Annotations, type CredentialRecord } from '../index.ts';
import { adoptedRecord } from '../adopted-record.ts';
import type { Typed } from './candidate.ts';

export interface Accepted extends Annotations, Pick<Typed, 'cloud' | 'profile' | 'tenantName' | 'tenantDomain' | 'redirectUri' | 'server'> {
  readonly name: string;
  readonly tenantId: string;
  readonly clientId: string | null;
  readonly certificate: Certificate | null;
}

/** Its key is held elsewhere: whoever made it has it. */
export function trackedRecord({ certificate, ...known }: Accepted, now: Date): CredentialRecord {
  const stored = certificate === null ? null : storedCertificate(certificate, 'key-elsewhere');
  return adoptedRecord(
    { ...known, custody: 'external', certificate: stored, state: stored === null ? 'waiting-certificate' : 'never-checked' },
    now,
  );
}
