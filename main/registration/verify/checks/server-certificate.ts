import type { HeldCredential } from '../../../mailstore/index.ts';
import type { StoredCertificate } from '../../../credential/index.ts';
import type { ServerRule } from '../check-rule.ts';
import { failed, notTestable, passed, type Verdict } from '../verdict.ts';
import { ofHeld, type Asked } from './server-word.ts';

/** G11 from its third side: the server's certificate is ours, to the second. That ours is the tenant's is `key-credential`. */
function compare(ours: StoredCertificate, held: HeldCredential, { server, context }: Asked): Verdict {
  const params = { server, thumbprint: held.thumbprint, ours: ours.thumbprint, end: held.notAfter };
  if (held.thumbprint !== ours.thumbprint) return failed('check.server-certificate.other', params);
  if (Date.parse(held.notAfter) !== Date.parse(ours.notAfter))
    return failed('check.server-certificate.end', { ...params, ourEnd: ours.notAfter });
  if (Date.parse(held.notAfter) <= context.run.clock.now().getTime()) return failed('check.server-certificate.expired', params);
  return passed('check.server-certificate.passed', params);
}

export const serverCertificate: ServerRule = {
  sheet: 'certificate',
  applies: (_record, linked) => linked === true,
  validate: ofHeld((held, asked) => {
    const { certificate } = asked.context.run.record;
    if (certificate !== null) return compare(certificate, held, asked);
    return notTestable('check.server-certificate.waiting', { server: asked.server, thumbprint: held.thumbprint, end: held.notAfter });
  }),
};
