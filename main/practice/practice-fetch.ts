import { z } from 'zod';
import { Fault } from '../faults.ts';
import type { Fetch } from '../http/index.ts';
import { hostHeader, serviceOfHost } from './hosts.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Origin of a practice tenant out of what somebody typed: `http://127.0.0.1:PORT`, loopback only, no path.
 *
 * @throws Fault practice.address-invalid
 */
export function practiceOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (
    url === null ||
    url.protocol !== 'http:' ||
    !loopbackHosts.has(url.hostname) ||
    url.pathname !== '/' ||
    url.search + url.hash + url.username !== ''
  ) {
    throw new Fault('practice.address-invalid', { params: { address } });
  }
  return url.origin;
}

/**
 * The transport of the practice tenant: what is meant for a sign-in or Graph host of any cloud goes to the practice
 * origin instead, with the host it was meant for in a header. Everything else is refused and no redirect is followed, so
 * nothing that runs on this transport can leave the machine.
 *
 * @throws Fault practice.address-invalid for an origin that is not loopback; the returned function rejects with
 *   service.host-refused, or as `fetch` does when nothing answers
 */
export function practiceFetch(origin: string, transport: Fetch = fetch): Fetch {
  const target = practiceOrigin(origin);
  return async (address, init) => {
    const { protocol, host, pathname, search } = new URL(address);
    if (protocol !== 'https:' || serviceOfHost(host) === null) throw new Fault('service.host-refused', { params: { host } });
    const headers = new Headers(init?.headers);
    headers.set(hostHeader, host);
    return transport(`${target}${pathname}${search}`, { ...init, headers, redirect: 'manual' });
  };
}

/** The same address at the practice tenant, for a real browser (which cannot send the header: the global cloud). */
export function practiceAddress(origin: string, address: string): string {
  const { host, pathname, search } = new URL(address);
  if (serviceOfHost(host) !== 'identity') throw new Fault('service.host-refused', { params: { host } });
  return `${practiceOrigin(origin)}${pathname}${search}`;
}

const imapPlace = z.object({ host: z.literal('127.0.0.1'), port: z.number(), certificate: z.string() });

/**
 * Where a running practice tenant has IMAP, and the certificate that it shows there.
 *
 * @throws Fault practice.address-invalid; rejects as `fetch` does when nothing answers
 */
export async function practiceImap(origin: string): Promise<{ readonly host: string; readonly port: number; readonly roots: string }> {
  const response = await fetch(`${practiceOrigin(origin)}/practice/imap`);
  const { host, port, certificate } = imapPlace.parse(await response.json());
  return { host, port, roots: certificate };
}
