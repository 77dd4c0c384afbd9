import { setGlobalProxyFromEnv } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Fetch } from './fetch.ts';

const loopback = ['localhost', '127.0.0.1', '::1'];

/**
 * Node's `fetch` in an office network: roots of the operating system beside Node's own (TLS-inspecting proxies), and the
 * usual proxy variables, never for loopback addresses. Both settings are the process's (Node: `tls.setDefaultCACertificates`,
 * `http.setGlobalProxyFromEnv`, which covers `fetch` too) and are made once, at the first https request, because reading
 * the system's store takes time. Not for Electron, where `net.fetch` does this and more.
 */
export function createNodeFetch(environment: NodeJS.ProcessEnv = process.env): Fetch {
  let prepared = false;
  return async (address, init) => {
    if (!prepared && address.startsWith('https:')) {
      prepared = true;
      trustSystemRoots();
      useProxy(environment);
    }
    return fetch(address, init);
  };
}

function trustSystemRoots(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}

function useProxy(environment: NodeJS.ProcessEnv): void {
  const named = (name: string) => environment[name] || environment[name.toUpperCase()] || null; // an empty variable is an unset one
  const [http, https, exceptions] = [named('http_proxy'), named('https_proxy'), named('no_proxy')];
  if (http === null && https === null) return;
  setGlobalProxyFromEnv({
    ...(http === null ? {} : { http_proxy: http }),
    ...(https === null ? {} : { https_proxy: https }),
    no_proxy: [...(exceptions === null ? [] : [exceptions]), ...loopback].join(','),
  });
}
