import { describe, expect, it } from 'vitest';
import { clouds, type CloudId } from '../../../main/clouds/index.ts';
import { externalPage, signInPage } from '../../../main/shell/external-links.ts';
import { portalAddress, type PortalPage } from '../../../main/shell/requests/portal.ts';

const tenant = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
const app = '11111111-2222-4333-8444-555555555555';
const portalPages: readonly PortalPage[] = ['overview', 'certificates', 'authentication', 'permissions', 'consent'];
const blade = '#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/';

describe('pages for the system browser', () => {
  const addressIn = (cloud: CloudId, page: PortalPage) => portalAddress({ name: 'Contoso', cloud, clientId: app, tenantId: tenant }, page);
  const all = Object.values(clouds);

  it.each(
    all.flatMap(({ id, portal }) =>
      (portal === null ? (['consent', 'sign-out'] as const) : portalPages).map((page) => [id, page] as const),
    ),
  )('are those that the window offers: %s, %s', (cloud, page) => {
    expect(externalPage(addressIn(cloud, page))).toBe(addressIn(cloud, page));
  });

  it('are none of an admin center whose address nobody has published', () => {
    expect(all.filter(({ portal }) => portal === null).map(({ id }) => id)).toEqual(['bleu', 'delos']);
    expect(() => addressIn('bleu', 'overview')).toThrow(expect.objectContaining({ code: 'window.request-malformed' }));
  });

  it('are those of simulated tenants on this computer', () => {
    expect(externalPage('http://127.0.0.1:4711/practice/mailstore')).toBe('http://127.0.0.1:4711/practice/mailstore');
  });

  it.each([
    'https://entra.microsoft.com/',
    'http://127.0.0.1:4711/practice/mailstore?x=1',
    'http://127.0.0.1:4711/practice/mailstore/server',
    'http://127.0.0.1:4711/practice/../state',
    'http://127.0.0.1.example.com/practice/mailstore',
    'http://someone@127.0.0.1:4711/practice/mailstore',
    'https://example.com/practice/mailstore',
    `https://entra.microsoft.com/${tenant}`,
    `https://entra.microsoft.com/${tenant}${blade}${app}/more`,
    `https://entra.microsoft.com/${tenant}?x=1${blade}${app}`,
    `https://entra.microsoft.com/${tenant}${blade.replace('Overview', 'Other')}${app}`,
    `https://entra.microsoft.com:444/${tenant}${blade}${app}`,
    `http://entra.microsoft.com/${tenant}${blade}${app}`,
    `https://someone@entra.microsoft.com/${tenant}${blade}${app}`,
    `https://entra.microsoft.com./${tenant}${blade}${app}`,
    `https://entra.microsoft.com.example.com/${tenant}${blade}${app}`,
    `https://entra.microsoft.com\\@example.com/${tenant}${blade}${app}`,
    `https://login.microsoftonline.com/${tenant}/adminconsent`,
    `https://login.microsoftonline.com/organizations/adminconsent?client_id=${app}`,
    `https://login.microsoftonline.com/${tenant}/adminconsent?client_id=${app}&client_id=${tenant}`,
    `https://login.microsoftonline.com/${tenant}/adminconsent?client_id=${app}&redirect_uri=https%3A%2F%2Fexample.com`,
    `https://login.microsoftonline.com/${tenant}/adminconsent?client_id=${app}#x`,
    'https://learn.microsoft.com/redirect?url=https://example.com',
    'https://microsoft.com/devicelogin',
    'file:///C:/Windows/System32/cmd.exe',
    'ms-settings:',
    'javascript:alert(1)',
    '',
  ])('are not %s', (address) => {
    expect(externalPage(address)).toBeNull();
    expect(signInPage(address)).toBeNull();
  });
});

describe('a sign-in for the system browser', () => {
  const address = (changes: Readonly<Record<string, string | null>> = {}, path = 'organizations/oauth2/v2.0/authorize') => {
    const parameters = {
      client_id: app,
      scope: 'openid https://graph.microsoft.com/Application.ReadWrite.All',
      redirect_uri: 'http://localhost:49152',
      response_type: 'code',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      prompt: 'select_account',
      ...changes,
    };
    const query = Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]));
    return `https://login.microsoftonline.com/${path}?${query.join('&')}`;
  };

  it.each([
    ['as MSAL writes it', address()],
    ['in one tenant', address({}, 'contoso.onmicrosoft.com/oauth2/v2.0/authorize')],
    ['in another cloud', address().replace('microsoftonline.com', 'microsoftonline.us')],
  ])('%s', (_, given) => {
    expect(signInPage(given)).toBe(given);
    expect(externalPage(given)).toBeNull();
  });

  it.each([
    ['whose answer goes elsewhere', address({ redirect_uri: 'https://example.com' })],
    ['whose answer goes to a host like ours', address({ redirect_uri: 'http://localhost.example.com' })],
    ['with two places for the answer', `${address()}&redirect_uri=https%3A%2F%2Fexample.com`],
    ['without PKCE', address({ code_challenge: null })],
    ['for a token in the address', address({ response_type: 'token' })],
    ['of no client', address({ client_id: 'evil' })],
    ['at another page', address({}, 'organizations/oauth2/v2.0/logout')],
    ['elsewhere', address().replace('login.microsoftonline.com', 'login.microsoftonline.com.example.com')],
    ['with a person in front', address().replace('login.', 'x@login.')],
  ])('is not one %s', (_, given) => {
    expect(signInPage(given)).toBeNull();
  });
});
