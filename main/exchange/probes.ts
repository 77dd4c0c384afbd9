import type { Clock } from '../clock.ts';
import type { Cloud } from '../clouds/index.ts';
import type { Fetch } from '../http/index.ts';
import type { Log } from '../log/index.ts';
import { countByEws } from './ews.ts';
import { countByImap } from './imap.ts';
import type { ImapPlace, ProbeOutcome } from './outcome.ts';

export interface MailProbesOptions {
  readonly cloud: Cloud;
  /** Lets tokens of Exchange Online out to its hosts in this cloud, and to no others. */
  readonly fetch: Fetch;
  /** Where IMAP is, in this cloud or in practice. */
  readonly imap: () => Promise<ImapPlace>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The two probes. Each rejects with a Fault of kind `unreachable` where nothing was decided, and Fault('interrupted'). */
export interface MailProbes {
  /**
   * @param accessToken app-only, for Exchange Online
   * @param mailbox its SMTP address
   */
  ews(accessToken: string, mailbox: string, signal?: AbortSignal): Promise<ProbeOutcome>;
  imap(accessToken: string, mailbox: string, signal?: AbortSignal): Promise<ProbeOutcome>;
}

export function createMailProbes({ cloud, fetch, imap, clock, log }: MailProbesOptions): MailProbes {
  const logged = (protocol: string, outcome: ProbeOutcome): ProbeOutcome => {
    log.info('exchange.probed', { protocol, ...(outcome.allowed ? { allowed: true } : { allowed: false, why: outcome.why }) });
    return outcome;
  };
  return {
    ews: async (accessToken, mailbox, signal) =>
      logged('EWS', await countByEws({ origin: cloud.exchange, accessToken, mailbox }, { fetch, clock, ...(signal ? { signal } : {}) })),
    imap: async (accessToken, mailbox, signal) => logged('IMAP', await countByImap(await imap(), { accessToken, mailbox }, signal)),
  };
}
