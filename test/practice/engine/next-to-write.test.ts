import { expect, it } from 'vitest';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { publishedIn, recordOf, rotateAlone } from './rotation-harness.ts';

const request = { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false } as const;

function applicationIn(here: Harness) {
  const [application] = tenantOf(here).applications;
  if (application?.web == null) throw new Error('no application');
  return { ...application, web: application.web };
}

const set = (here: Harness, properties: Record<string, unknown>) => Object.assign(tenantOf(here).applications[0] ?? {}, properties);

/** Before each request but the one that replaces a list, another administrator adds a redirect URI. */
function addsBeforeEachRequest(here: Harness): readonly string[] {
  const added: string[] = [];
  here.server.faultOn(({ method, path }) => {
    if (path.startsWith('/practice/') || method === 'PATCH') return false;
    const uri = `https://other-${added.length}.example.com/signin`;
    added.push(uri);
    const { web } = applicationIn(here);
    set(here, { web: { ...web, redirectUris: [...(web.redirectUris ?? []), uri] } });
    return false;
  }, 'slow');
  return added;
}

// Of the time between the look at a list and the write that replaces it one request is left: nothing else is asked in between.
it.each([
  ['an earlier key of ours adds the current one by itself', true],
  ['no key of ours gets a token, and one is asked for in vain', false],
])('what others add up to the request that replaces a list stays, where %s', async (_where, hasKey) => {
  const here = await harness();
  await here.connect();
  const earlier = recordOf(here).certificate?.thumbprint;
  await rotateAlone(here);
  const { web, keyCredentials = [] } = applicationIn(here);
  // Somebody has removed our redirect URI and the current key credential.
  set(here, {
    web: { ...web, redirectUris: [] },
    keyCredentials: (keyCredentials ?? []).filter(({ customKeyIdentifier }) => customKeyIdentifier === earlier),
  });
  if (!hasKey) here.keychain.entries.clear();
  const added = addsBeforeEachRequest(here);
  await repair(here.services.engine, request, here.run());
  expect(applicationIn(here).web.redirectUris).toEqual(expect.arrayContaining([...added, recordOf(here).redirectUri]));
  expect(publishedIn(here)).toEqual([earlier, recordOf(here).certificate?.thumbprint]);
});
