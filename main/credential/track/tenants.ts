import { clouds, type Cloud, type CloudId } from '../../clouds/index.ts';
import { asFault, type Fault } from '../../faults.ts';
import { refused, type FieldCheck } from '../fields/field-check.ts';

/** Who can be asked which tenant has a domain. */
export interface TenantsAsked {
  connect(cloud: CloudId): {
    readonly identity: { tenantOfDomain(cloud: Cloud, domain: string, signal?: AbortSignal): Promise<string | null> };
  };
}

/** Finds the id of the tenant that has a domain. @throws Fault interrupted */
export type TenantOf = (domain: string, cloud: CloudId) => Promise<FieldCheck<string>>;

/** Why Microsoft could not be asked, in one word for a sentence. */
const reasonOf = ({ code, params }: Fault): string =>
  [params['host'], params['detail']].filter((each) => each !== undefined).join(': ') || code;

/**
 * Asks Microsoft Entra ID, each domain once: a list may name one in many lines, and is validated before it is stored.
 *
 * @param signal ends what is asked, and every later question
 */
export function tenantsOf(asked: TenantsAsked, signal?: AbortSignal): TenantOf {
  const known = new Map<string, Promise<FieldCheck<string>>>();
  /** Where one question stayed without an answer, the next thousand would, too: each after its time. */
  const outages = new Map<CloudId, string>();
  const ask = async (domain: string, cloud: CloudId): Promise<FieldCheck<string>> => {
    const outage = outages.get(cloud);
    if (outage !== undefined) return refused('track.tenant-unresolved', { value: domain, reason: outage });
    try {
      const id = await asked.connect(cloud).identity.tenantOfDomain(clouds[cloud], domain, signal);
      return id === null ? refused('track.tenant-unknown', { value: domain }) : { ok: true, value: id };
    } catch (error) {
      const fault = asFault(error);
      // Nobody's outage, and no objection to a line: the whole list is given up.
      if (fault.code === 'interrupted') throw fault;
      const reason = reasonOf(fault);
      outages.set(cloud, reason);
      return refused('track.tenant-unresolved', { value: domain, reason });
    }
  };
  return (domain, cloud) => {
    const key = `${cloud} ${domain}`;
    const found = known.get(key) ?? ask(domain, cloud);
    known.set(key, found);
    return found;
  };
}

/** For a form in which somebody is still typing: a domain is good as it is, and nobody is asked at every key. */
export const anyTenant: TenantOf = (domain) => Promise.resolve({ ok: true, value: domain });
