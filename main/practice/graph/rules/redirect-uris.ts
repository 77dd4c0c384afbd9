import type { StoredApplication } from '../../world.ts';
import { badRequest, type Refusal } from '../refusal.ts';

type Platform = 'web' | 'spa' | 'publicClient';

const refused = (platform: Platform, why: string): Refusal =>
  badRequest(`One or more reply URLs are not valid: ${why}`, { code: 'InvalidValue', target: `${platform}/redirectUris` });

/** http is for the developer's own machine only. */
const local = new Set(['localhost', '127.0.0.1']);

/**
 * One redirect URI (Microsoft Entra, "Redirect URI (reply URL) best practices and limitations": at most 256 characters;
 * https except for localhost; no `! $ ' ( ) , ;`; no wildcard, which Microsoft keeps for manifests of single-tenant
 * applications and advises against; no fragment).
 *
 * @throws Refusal 400 `InvalidValue`
 */
export function requireRedirectUri(platform: Platform, uri: string): void {
  if (uri.length > 256) throw refused(platform, `'${uri.slice(0, 40)}…' is longer than 256 characters.`);
  if (/[!$'(),;]/.test(uri)) throw refused(platform, `'${uri}' contains a character that is not supported.`);
  if (uri.includes('*')) throw refused(platform, `'${uri}' contains a wildcard.`);
  if (uri.includes('#')) throw refused(platform, `'${uri}' contains a fragment.`);
  if (!URL.canParse(uri) || /\s/.test(uri)) throw refused(platform, `'${uri}' is not an absolute URI.`);
  const { protocol, hostname } = new URL(uri);
  if (protocol === 'https:' || (protocol === 'http:' && local.has(hostname))) return;
  // Installed clients answer to schemes of their own, e.g. ms-appx-web://; plain http stays for localhost.
  if (platform === 'publicClient' && protocol !== 'http:') return;
  throw refused(platform, `'${uri}' must start with "HTTPS" or "http://localhost".`);
}

/**
 * All redirect URIs together: 256, or 100 where personal accounts can sign in (as `requireRedirectUri`, "Maximum number of redirect URIs").
 *
 * @throws Refusal 400
 */
export function requireRedirectUris(application: StoredApplication): void {
  let count = 0;
  for (const platform of ['web', 'spa', 'publicClient'] as const) {
    const uris = application[platform]?.redirectUris ?? [];
    for (const uri of uris) requireRedirectUri(platform, uri);
    count += uris.length;
    const most = application.signInAudience?.includes('Personal') ? 100 : 256;
    if (count > most) throw refused(platform, `there are more than ${most}.`);
  }
}
