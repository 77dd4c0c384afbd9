import type { CredentialRecord } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';

/**
 * Remembers that somebody was shown or given this certificate: a handover without a thumbprint is about it. One that is no
 * certificate of the credential any more is left alone.
 *
 * @param how `exported` into a file, or `shown` where it is to be compared or typed in
 */
export function present(
  engine: Pick<Engine, 'store' | 'clock'>,
  id: string,
  thumbprint: string,
  how: 'exported' | 'shown',
): CredentialRecord {
  return engine.store.change(id, ({ presented, certificate, earlierCertificates }) => {
    if (![certificate, ...earlierCertificates].some((each) => each?.thumbprint === thumbprint)) return null;
    // What was exported stays what was handed out, however often it is looked at.
    if (presented?.thumbprint === thumbprint && (how === 'shown' || presented.how === 'exported')) return null;
    return { presented: { thumbprint, how, at: engine.clock.now().toISOString() } };
  });
}
