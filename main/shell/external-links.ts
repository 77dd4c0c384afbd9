import { clouds } from '../clouds/index.ts';

/** Sign-in and portal of every cloud, the page for device codes, and where people review what they consented to: docs/network.md. */
export const externalHosts: ReadonlySet<string> = new Set([
  ...Object.values(clouds).flatMap(({ authority, portal }) => [new URL(authority).host, new URL(portal).host]),
  'microsoft.com',
  'www.microsoft.com',
  'learn.microsoft.com',
  'myapps.microsoft.com',
  'myaccount.microsoft.com',
]);

/** Whether an address may go to the system browser: https, a known host, no user information and no port. */
export function isExternalLink(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && externalHosts.has(url.host) && url.username === '' && url.password === '';
}
