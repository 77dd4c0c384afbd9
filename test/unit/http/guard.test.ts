import { expect, test } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { guardedFetch, type Fetch } from '../../../main/http/index.ts';

function recorder(response: () => Response = () => new Response('{}')) {
  const sent: { address: string; redirect: unknown }[] = [];
  const fetch: Fetch = async (address, init) => {
    sent.push({ address, redirect: init?.redirect });
    return response();
  };
  return { sent, fetch };
}

test.each(['https://graph.microsoft.com/v1.0/organization', 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token'])(
  '%s is a host of the global cloud',
  async (address) => {
    const { sent, fetch } = recorder();
    await guardedFetch(fetch, clouds.global)(address);
    expect(sent).toEqual([{ address, redirect: 'manual' }]);
  },
);

test.each([
  'http://graph.microsoft.com/v1.0/organization',
  'https://graph.microsoft.us/v1.0/organization',
  'https://graph.microsoft.com:8443/v1.0/organization',
  'https://graph.microsoft.com.example.net/v1.0/organization',
  'https://graph.microsoft.com@example.net/v1.0/organization',
  'https://login.microsoftonline.us/organizations/oauth2/v2.0/token',
  'http://127.0.0.1:1234/',
])('%s is stopped before anything is sent', async (address) => {
  const { sent, fetch } = recorder();
  await expect(guardedFetch(fetch, clouds.global)(address, { headers: { Authorization: 'Bearer x' } })).rejects.toMatchObject({
    code: 'service.host-refused',
  });
  expect(sent).toEqual([]);
});

test('a redirect is not followed but reported', async () => {
  const { fetch } = recorder(() => new Response(null, { status: 302, headers: { location: 'https://portal.hotel.example/' } }));
  await expect(guardedFetch(fetch, clouds.global)('https://graph.microsoft.com/v1.0/me')).rejects.toMatchObject({
    code: 'service.proxy-answered',
  });
});
