import type { Cloud } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import { networkFault, withTimeLimit, type Fetch } from '../http/index.ts';

/** Milliseconds for one answer; a tenant is one of many in a list. */
const patience = 20_000;

const guid = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//i;

/**
 * Asks Microsoft Entra ID which tenant has a domain: its OpenID configuration names the tenant's id as the issuer (OpenID
 * Connect Discovery 1.0, section 3; Microsoft identity platform, "Find your app's OpenID configuration document URI").
 * Nobody signs in.
 *
 * @param signal gives the question up, also while the transport connects
 * @returns the tenant's id; null where no tenant of this cloud has the domain
 * @throws Fault service.*, interrupted
 */
export async function tenantOfDomain(fetch: Fetch, cloud: Cloud, domain: string, signal?: AbortSignal): Promise<string | null> {
  const { host } = new URL(cloud.authority);
  try {
    const address = `${cloud.authority}/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`;
    const { response, text } = await withTimeLimit(patience, signal, async (limited) => {
      const answered = await fetch(address, { signal: limited });
      return { response: answered, text: await answered.text() };
    });
    // AADSTS90002: no tenant of this name.
    if (response.status === 400 || response.status === 404) return null;
    if (!response.ok) throw new Fault('service.failed', { params: { host, detail: String(response.status) } });
    const answer: unknown = JSON.parse(text);
    const issuer = typeof answer === 'object' && answer !== null && 'issuer' in answer ? String(answer.issuer) : '';
    return guid.exec(issuer)?.[1]?.toLowerCase() ?? null;
  } catch (error) {
    if (signal?.aborted === true) throw new Fault('interrupted', { cause: error });
    if (error instanceof SyntaxError) throw new Fault('service.proxy-answered', { params: { host }, cause: error });
    throw networkFault(error, host);
  }
}
