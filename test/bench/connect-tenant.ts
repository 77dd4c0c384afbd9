import { followAuthorize, practiceFetch } from '../../main/practice/index.ts';
import { connect, type ConnectRequest } from '../../main/registration/verbs/connect.ts';
import type { Report } from '../../main/registration/run/report.ts';
import type { Services } from '../../main/services/index.ts';

export interface Connected {
  readonly report: Report;
  /** HTTP requests of the simulated browser, which are not the engine's. */
  readonly browserRequests: number;
}

/** One connect as the guide does it, with a person who clicks at once. @throws Error unless it ends without a failed or pending check */
export async function connectTenant(
  { engine }: Services,
  origin: string,
  name: string,
  keySize: 2048 | 3072 | 4096,
  changes: Partial<Pick<ConnectRequest, 'profile' | 'redirectUri'>> = {},
): Promise<Connected> {
  let browserRequests = 0;
  const browser = practiceFetch(origin, (address, init) => {
    browserRequests += 1;
    return fetch(address, init);
  });
  const request = {
    name,
    appName: name,
    cloud: 'global',
    redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
    profile: null,
    custody: null,
    server: null,
    certificate: null,
    keySize,
    lifetime: { months: 15 },
    clientId: null,
    planOnly: false,
    ...changes,
  } as const;
  const report = await connect(engine, request, {
    onProgress: () => undefined,
    confirm: () => Promise.resolve(true),
    openBrowser: (address) => followAuthorize(address, { account: null, fetch: browser }),
    accepted: [],
  });
  if (report.proof?.ok !== true) throw new Error(`connect did not end well: ${JSON.stringify(report.proof)}`);
  return { report, browserRequests };
}
