import { isIP } from 'node:net';
import { Fault } from '../faults.ts';

/** Where a management interface listens. */
export interface ServerAddress {
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The ports that the two products listen on where nobody changed them. */
export const usualPort = { server: 8463, spe: 8474 } as const;

/**
 * An address as somebody types it: `https://HOST[:PORT]`, or without the scheme. Without a port: the one that MailStore Server has.
 * Loopback addresses and private networks are normal here.
 *
 * @throws Fault server.address-invalid
 */
export function parseAddress(typed: string): ServerAddress {
  const text = typed.trim();
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  const plain =
    url !== null && url.protocol === 'https:' && url.pathname === '/' && url.search + url.hash + url.username + url.password === '';
  if (url === null || !plain || url.hostname === '') throw new Fault('server.address-invalid', { params: { address: typed } });
  // A URL does not keep the port that its scheme has anyway.
  const port = url.port === '' ? (/:443\/?$/.test(written) ? 443 : usualPort.server) : Number(url.port);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

/** `HOST:PORT`, as it is shown. */
export const addressText = ({ host, port }: ServerAddress): string => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** `https://HOST:PORT`. */
export const addressUrl = (address: ServerAddress): string => `https://${addressText(address)}`;

/** Whether it can only be this computer. */
export const isLoopback = ({ host }: ServerAddress): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
