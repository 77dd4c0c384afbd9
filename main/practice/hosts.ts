import { cloudIds, clouds, type Cloud } from '../clouds/index.ts';
import type { PracticeRequest } from './world.ts';

/** Carries the host that a request was meant for; the transport of the practice tenant adds it (`practiceFetch`). */
export const hostHeader = 'x-practice-host';

const all: readonly Cloud[] = cloudIds.map((id) => clouds[id]);
const hostOf = (origin: string): string => new URL(origin).host;

/** Other names of the sign-in hosts, as instance discovery lists them and MSAL carries them (msal-common, `AuthorityMetadata`). */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'login.microsoftonline.com': ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  'login.microsoftonline.us': ['login.usgovcloudapi.net'],
  'login.partner.microsoftonline.cn': ['login.chinacloudapi.cn'],
};

/** Every name of a sign-in host, the one of the cloud table first. */
export const identityHosts = ({ authority }: Cloud): readonly string[] => [hostOf(authority), ...(aliases[hostOf(authority)] ?? [])];

/** Exchange Online has two names in the global cloud ("Scopes and permissions": `https://outlook.office.com`). */
export const exchangeNames = ({ id, exchange }: Cloud): readonly string[] =>
  id === 'global' ? [exchange, 'https://outlook.office.com'] : [exchange];

const isExchangeHost = (cloud: Cloud, host: string): boolean => exchangeNames(cloud).some((name) => hostOf(name) === host);

export type Service = 'identity' | 'graph' | 'exchange';

/** Which service a cloud host is; null for every other host. */
export function serviceOfHost(host: string): Service | null {
  if (all.some((cloud) => identityHosts(cloud).includes(host))) return 'identity';
  if (all.some((cloud) => isExchangeHost(cloud, host))) return 'exchange';
  return all.some(({ graph }) => hostOf(graph) === host) ? 'graph' : null;
}

/** The service a request was addressed to; null without the header: then all answer, as the global cloud. */
export function addressedService(request: PracticeRequest): Service | null {
  const host = request.headers[hostHeader];
  return host === undefined ? null : serviceOfHost(host);
}

/** Origin of Microsoft Entra ID as the caller knows it. */
export function authorityOf(request: PracticeRequest): string {
  return cloudsOf(request)[0]?.authority ?? clouds.global.authority;
}

/** Origin of Microsoft Graph as the caller knows it. */
export function graphOf(request: PracticeRequest): string {
  return cloudsOf(request)[0]?.graph ?? clouds.global.graph;
}

/** The clouds that the addressed host serves: two for login.microsoftonline.us; every one, global first, without the header (a real browser). */
export function cloudsOf(request: PracticeRequest): readonly Cloud[] {
  const host = request.headers[hostHeader];
  if (host === undefined) return all;
  return all.filter((cloud) => identityHosts(cloud).includes(host) || hostOf(cloud.graph) === host || isExchangeHost(cloud, host));
}
