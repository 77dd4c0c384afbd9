import type { CredentialRow } from '../../../preload/contract.ts';
import { thumbprintForms } from '../../certificates/index.ts';
import { certificateView, type CertificateView } from '../../credential/index.ts';

/** A certificate as the window shows it. */
export function certificateFacts(certificate: CertificateView): NonNullable<CredentialRow['certificate']> {
  return { ...certificateView(certificate), x5t: thumbprintForms(certificate).x5t };
}
