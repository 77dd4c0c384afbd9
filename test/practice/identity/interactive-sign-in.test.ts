import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { simulation } from './simulation.ts';
import { full, publicClient, signIn, signInClient } from './sign-in.ts';

const administratorScopes = ['User.Read', 'Application.ReadWrite.All'];

describe('interactive sign-in with MSAL', () => {
  it('gives the first tenant’s Global Administrator everything that was asked, by default', async () => {
    const here = await simulation({ tenants: 2 });
    const result = await signIn(here, { account: null, scopes: administratorScopes });
    const { objectId, upn, displayName, wids } = here.account('Global Administrator');
    expect(result).toMatchObject({
      tenantId: here.tenant.id,
      account: { username: upn, name: displayName, homeAccountId: `${objectId}.${here.tenant.id}` },
    });
    expect(result.idTokenClaims).toMatchObject({
      aud: signInClient,
      iss: `${clouds.global.authority}/${here.tenant.id}/v2.0`,
      oid: objectId,
    });
    expect(decodeJwt(result.accessToken)).toMatchObject({
      aud: clouds.global.graph,
      appid: signInClient,
      appidacr: '0',
      idtyp: 'user',
      scp: administratorScopes.join(' '),
      upn,
      wids: expect.arrayContaining([...wids]),
      xms_cc: ['cp1'],
    });
    const organization = await here.fetch(`${clouds.global.graph}/v1.0/organization?$select=id`, {
      headers: { authorization: `Bearer ${result.accessToken}` },
    });
    expect(await organization.json()).toMatchObject({ value: [{ id: here.tenant.id }] });
  });

  /** Microsoft Graph, "oAuth2PermissionGrant resource type": made when a user consents. */
  it('remembers what was consented, for this client and person, as a grant that Graph shows', async () => {
    const here = await simulation();
    const { upn, objectId } = here.account('Global Administrator');
    const principal = (appId: string) => here.tenant.servicePrincipals.find((candidate) => candidate.appId === appId)?.id ?? '';
    const clientId = principal(signInClient);
    await signIn(here, { account: upn, scopes: ['User.Read'] });
    const more = [...administratorScopes, 'Directory.Read.All'];
    const { accessToken } = await signIn(here, { account: upn, scopes: more });
    const grants = async () => {
      const answer = await here.fetch(`${clouds.global.graph}/v1.0/oauth2PermissionGrants?$filter=clientId eq '${clientId}'`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return Object(await answer.json())['value'];
    };
    const grant = { clientId, principalId: objectId, consentType: 'Principal', resourceId: principal(resourceAppIds.graph) };
    expect(await grants()).toEqual([{ ...grant, id: expect.any(String), scope: 'User.Read Application.ReadWrite.All Directory.Read.All' }]);
    await signIn(here, { account: here.account('Ordinary user').upn });
    expect(await grants()).toEqual([
      expect.objectContaining(grant),
      expect.objectContaining({ clientId, principalId: here.account('Ordinary user').objectId, scope: 'User.Read' }),
    ]);
  });

  it('remembers a partner’s consent too, who has no object that a grant could name', async () => {
    const here = await simulation();
    const client = publicClient(here);
    const { upn } = here.account('GDAP partner');
    const { account } = await signIn(here, { account: upn, client });
    expect(here.tenant.oauth2PermissionGrants).toEqual([]);
    if (account === null) throw new Error('no account');
    const again = await client.acquireTokenSilent({ account, scopes: full('User.Read'), forceRefresh: true });
    expect(decodeJwt(again.accessToken)['scp']).toBe('User.Read');
  });

  it('gives further scopes silently only after consent', async () => {
    const here = await simulation();
    const client = publicClient(here);
    const { account } = await signIn(here, { account: null, client });
    if (account === null) throw new Error('no account');
    const more = { account, scopes: full('Application.Read.All') };
    await expect(client.acquireTokenSilent(more)).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
      errorNo: 65001,
      subError: 'consent_required',
    });
    await signIn(here, { account: null, scopes: ['Application.Read.All'], client });
    expect(decodeJwt((await client.acquireTokenSilent({ ...more, forceRefresh: true })).accessToken)['scp']).toBe('Application.Read.All');
  });

  it.each(['Privileged Role Administrator', 'Cloud Application Administrator'])(
    'lets a %s consent to administrator scopes',
    async (role) => {
      const here = await simulation();
      const result = await signIn(here, { account: here.account(role).upn, scopes: administratorScopes });
      expect(decodeJwt(result.accessToken)['scp']).toBe(administratorScopes.join(' '));
    },
  );

  it.each(['Ordinary user', 'Custom role'])('lets a person with “%s” consent for himself only', async (role) => {
    const here = await simulation();
    const { upn } = here.account(role);
    expect((await signIn(here, { account: upn })).account?.username).toBe(upn);
    await expect(signIn(here, { account: upn, scopes: administratorScopes })).rejects.toMatchObject({
      errorCode: 'access_denied',
      errorMessage: expect.stringContaining('AADSTS90094'),
    });
  });

  it('counts an administrator’s consent for everybody', async () => {
    const here = await simulation();
    const principal = (appId: string) => here.tenant.servicePrincipals.find((candidate) => candidate.appId === appId)?.id ?? '';
    here.tenant.oauth2PermissionGrants.push({
      id: 'grant',
      clientId: principal(signInClient),
      resourceId: principal('00000003-0000-0000-c000-000000000000'),
      consentType: 'AllPrincipals',
      scope: 'Application.Read.All User.Read',
    });
    const result = await signIn(here, { account: here.account('Ordinary user').upn, scopes: ['Application.Read.All'] });
    expect(decodeJwt(result.accessToken)['scp']).toBe('Application.Read.All');
  });

  it('tells the client that somebody declined', async () => {
    const here = await simulation();
    const attempt = signIn(here, { account: here.account('Declines consent').upn });
    await expect(attempt).rejects.toThrow(ServerError);
    await expect(attempt).rejects.toMatchObject({ errorCode: 'access_denied', errorMessage: expect.stringContaining('AADSTS65004') });
    expect(here.tenant.oauth2PermissionGrants).toEqual([]);
  });

  it('blocks by Conditional Access', async () => {
    const here = await simulation();
    await expect(signIn(here, { account: here.account('Blocked by Conditional Access').upn })).rejects.toMatchObject({
      errorNo: 53003,
      subError: 'message_only',
    });
  });

  it('asks for multi-factor authentication until the request carries the claims', async () => {
    const here = await simulation();
    const { upn } = here.account('Needs multi-factor authentication');
    const client = publicClient(here);
    const refusal: unknown = await signIn(here, { account: upn, client }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InteractionRequiredAuthError);
    expect(refusal).toMatchObject({ errorNo: 50076, subError: 'basic_action' });
    const claims = refusal instanceof InteractionRequiredAuthError ? refusal.claims : '';
    const result = await signIn(here, { account: upn, client, claims });
    expect(decodeJwt(result.accessToken)['amr']).toEqual(['pwd', 'mfa']);
    if (result.account === null) throw new Error('no account');
    const silent = await client.acquireTokenSilent({ account: result.account, scopes: full('User.Read'), forceRefresh: true });
    expect(silent.account?.username).toBe(upn);
  });

  it('refuses people of another directory, and nobody', async () => {
    const here = await simulation({ tenants: 2 });
    const stranger = here.server.world.state.tenants[1]?.accounts[0]?.upn ?? '';
    await expect(signIn(here, { account: stranger })).rejects.toMatchObject({
      errorMessage: expect.stringMatching(/AADSTS50020.*does not exist in tenant 'Contoso'/),
    });
    await expect(signIn(here, { account: 'nobody@contoso.example' })).rejects.toMatchObject({
      errorMessage: expect.stringContaining('AADSTS50034'),
    });
  });

  it('finds the tenant of an account at /organizations', async () => {
    const here = await simulation({ tenants: 2 });
    const second = here.server.world.state.tenants[1];
    const result = await signIn(here, { account: second?.accounts[0]?.upn ?? '', segment: 'organizations' });
    expect(result.tenantId).toBe(second?.id);
  });

  it.each(['Guest', 'GDAP partner'])('leads a %s to his own tenant at /organizations, to the customer’s by its domain', async (role) => {
    const here = await simulation();
    const { upn, wids } = here.account(role);
    const elsewhere = await signIn(here, { account: upn, segment: 'organizations' });
    expect(elsewhere.tenantId).not.toBe(here.tenant.id);
    const result = await signIn(here, { account: upn, segment: here.tenant.domains[0] ?? '' });
    expect(result.tenantId).toBe(here.tenant.id);
    expect(decodeJwt(result.accessToken)['wids']).toEqual(expect.arrayContaining([...wids]));
    expect(result.account?.homeAccountId).toBe(elsewhere.account?.homeAccountId);
  });

  it('has no user object for a partner: /me is 404, for a guest it is there', async () => {
    const here = await simulation();
    const me = async (role: string) => {
      const { accessToken } = await signIn(here, { account: here.account(role).upn });
      return (await here.fetch(`${clouds.global.graph}/v1.0/me?$select=id`, { headers: { authorization: `Bearer ${accessToken}` } }))
        .status;
    };
    expect(await me('GDAP partner')).toBe(404);
    expect(await me('Guest')).toBe(200);
  });

  it('wants the sign-in client enabled, and people assigned where that is required', async () => {
    const here = await simulation();
    const principal = here.tenant.servicePrincipals.find(({ appId }) => appId === signInClient);
    if (principal === undefined) throw new Error('no sign-in client');
    principal.appRoleAssignmentRequired = true;
    await expect(signIn(here, { account: null })).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS50105') });
    principal.appRoleAssignmentRequired = false;
    principal.accountEnabled = false;
    // Entra shows this on its page and tells the client nothing
    await expect(signIn(here, { account: null })).rejects.toMatchObject({ code: 'sign-in.refused', params: { number: 'AADSTS7000112' } });
  });

  it('refuses scopes that do not exist, and resources of others', async () => {
    const here = await simulation();
    await expect(signIn(here, { account: null, scopes: ['Sites.Read.All'] })).rejects.toMatchObject({
      params: { detail: 'The practice tenant does not have the delegated permission Sites.Read.All of Microsoft Graph.' },
    });
    const scope = here.tenant.servicePrincipals
      .flatMap(({ oauth2PermissionScopes }) => oauth2PermissionScopes ?? [])
      .find(({ value }) => value === 'Directory.Read.All');
    if (scope === undefined) throw new Error('no such scope');
    scope.isEnabled = false;
    await expect(signIn(here, { account: null, scopes: ['Directory.Read.All'] })).rejects.toMatchObject({
      errorMessage: expect.stringContaining('AADSTS650053'),
    });
    const client = publicClient(here);
    const { account } = await signIn(here, { account: null, client });
    if (account === null) throw new Error('no account');
    const exchange = client.acquireTokenSilent({ account, scopes: [`${clouds.global.exchange}/EWS.AccessAsUser.All`] });
    await expect(exchange).rejects.toMatchObject({ errorNo: 65002 });
  });
});
