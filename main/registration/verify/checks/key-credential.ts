import type { CertificateSide, StoredCertificate } from '../../../credential/index.ts';
import type { CheckRule } from '../check-rule.ts';
import { inRegistration, type Seen } from '../seen.ts';
import { failed, passed, pending, type Verdict } from '../verdict.ts';

const dates = ({ notBefore, notAfter }: CertificateSide) => `${notBefore.slice(0, 10)} – ${notAfter.slice(0, 10)}`;

const iso = (time: string) => new Date(time).toISOString();

/** G11: the entry in the tenant against our certificate, by the hash of the whole DER and both dates. */
function compare(ours: StoredCertificate, { application, at }: Seen): Verdict {
  const { thumbprint } = ours;
  const here: CertificateSide = { thumbprint, notBefore: ours.notBefore, notAfter: ours.notAfter };
  const entries = application.keyCredentials.filter((key) => key.thumbprintSha256 === ours.thumbprintSha256);
  const [entry] = entries;
  if (entry === undefined) return { ...failed('check.key-credential.missing', { thumbprint }), compared: { here, there: null } };
  const there: CertificateSide = {
    thumbprint: entry.thumbprint ?? '',
    notBefore: iso(entry.startDateTime),
    notAfter: iso(entry.endDateTime),
  };
  const compared = { here, there };
  if (entries.length > 1) return { ...failed('check.key-credential.twice', { thumbprint, count: entries.length }), compared };
  if (Date.parse(ours.notAfter) <= Date.parse(at))
    return { ...failed('check.key-credential.expired', { thumbprint, end: ours.notAfter }), compared };
  if (Date.parse(there.notAfter) <= Date.parse(at))
    return { ...failed('check.key-credential.ended', { thumbprint, end: there.notAfter }), compared };
  const shown = { here: `${here.thumbprint}, ${dates(here)}`, there: `${there.thumbprint}, ${dates(there)}` };
  return { ...passed('check.key-credential.passed', shown), compared };
}

export const keyCredential: CheckRule = {
  applies: () => true,
  validate: (context) => {
    const { certificate } = context.run.record;
    const waiting = pending('check.key-credential.waiting');
    // There is nothing to look for, also where nobody may look.
    if (certificate === null && context.evidence.view.observed === null) return waiting;
    return inRegistration((seen) => (certificate === null ? waiting : compare(certificate, seen)))(context);
  },
  decisiveIn: 'external',
};
