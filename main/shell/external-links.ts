import { clouds } from '../clouds/index.ts';
import { loadServers } from '../servers/index.ts';

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'i');

/** A page that may be opened: nothing in the address is left open but the ids of a tenant and an application. */
interface Page {
  readonly origin: string;
  readonly path: RegExp;
  /** Every parameter of the query, each exactly once. */
  readonly parameters: Readonly<Record<string, RegExp>>;
  /** With its `#`; the empty string for none. */
  readonly fragment: RegExp;
}

const applicationPage = (origin: string): Page => ({
  origin,
  path: whole(`/${guid}`),
  parameters: {},
  fragment: whole(
    `#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/(?:Overview|Credentials|Authentication|CallAnAPI)/appId/${guid}`,
  ),
});

/** The one table of what goes to the system browser beside a running sign-in: docs/network.md. */
const pages: readonly Page[] = Object.values(clouds).flatMap(({ authority, portal }): Page[] => [
  ...(portal === null ? [] : [applicationPage(portal)]),
  { origin: authority, path: whole(`/${guid}/adminconsent`), parameters: { client_id: whole(guid) }, fragment: /^$/ },
  { origin: authority, path: whole(`/${guid}/oauth2/v2\\.0/logout`), parameters: {}, fragment: /^$/ },
]);

/** Pages that a description of a server software names for one of its steps. */
const stepLinks = (): ReadonlySet<string> =>
  new Set(
    loadServers().flatMap(({ sheet }) => sheet.flatMap((step) => ('part' in step || step.link === null ? [] : [new URL(step.link).href]))),
  );

/** A sign-in of MSAL's: authorization code with PKCE, whose answer comes to this computer (RFC 8252). */
const signIns: readonly Page[] = Object.values(clouds).map(({ authority }) => ({
  origin: authority,
  path: whole('/[a-z0-9.-]+/oauth2/v2\\.0/authorize'),
  parameters: {
    client_id: whole(guid),
    response_type: /^code$/,
    redirect_uri: /^http:\/\/localhost(?::\d{1,5})?\/?$/,
    code_challenge: /^[\w-]{43}$/,
    code_challenge_method: /^S256$/,
  },
  fragment: /^$/,
}));

function isPage(url: URL, { origin, path, parameters, fragment }: Page): boolean {
  if (url.origin !== origin || url.username !== '' || url.password !== '' || !path.test(url.pathname) || !fragment.test(url.hash))
    return false;
  return Object.entries(parameters).every(([name, value]) => {
    const [given, ...more] = url.searchParams.getAll(name);
    return given !== undefined && more.length === 0 && value.test(given);
  });
}

/** A page of simulated tenants on this computer: nothing in it is left open but the port. */
const isPracticePage = ({ protocol, hostname, pathname, search, hash, username }: URL): boolean =>
  protocol === 'http:' && hostname === '127.0.0.1' && /^\/practice\/[a-z]+$/.test(pathname) && `${search}${hash}${username}` === '';

/** @returns the address of one of the pages that this program opens, as a browser reads it; null for any other */
export function externalPage(address: string): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  if (stepLinks().has(url.href) || isPracticePage(url)) return url.href;
  const known = pages.some((page) => isPage(url, page) && url.searchParams.size === Object.keys(page.parameters).length);
  return known ? url.href : null;
}

/** @returns an address that begins a sign-in whose answer comes to this computer; MSAL adds parameters of its own. Else null */
export function signInPage(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && signIns.some((page) => isPage(url, page)) ? url.href : null;
}
