import { expect, test } from 'vitest';
import { codes, practice } from './world.ts';

test('the organization tells its verified domains, the default one marked', () => {
  const { get, tenant } = practice();
  expect(get('/organization?$select=id,displayName,verifiedDomains').body['value']).toEqual([
    {
      id: tenant.id,
      displayName: 'Contoso',
      verifiedDomains: [
        { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: true, isInitial: false, name: 'contoso.example', type: 'Managed' },
        {
          capabilities: 'Email, OfficeCommunicationsOnline',
          isDefault: false,
          isInitial: true,
          name: 'contoso.onmicrosoft.example',
          type: 'Managed',
        },
      ],
    },
  ]);
});

test('/me is the signed-in person, 404 for a partner without user object, 400 for an application', () => {
  const { call, administrator, delegated, application, person } = practice();
  expect(call(administrator, 'GET', '/me?$select=id,userPrincipalName').body).toMatchObject({
    id: person.admin,
    userPrincipalName: 'admin@contoso.example',
  });
  expect(codes(call(delegated(person.partner, ['cloudApplicationAdministrator']), 'GET', '/me'))).toEqual([
    404,
    'Request_ResourceNotFound',
  ]);
  const refused = call(application(['User.Read.All']), 'GET', '/me');
  expect([codes(refused), refused.body['error']?.['message']]).toEqual([
    [400, 'BadRequest'],
    '/me request is only valid with delegated authentication flow.',
  ]);
});

test('a user is found by id or name; User.Read reaches only oneself', () => {
  const { call, get, delegated, person } = practice();
  expect(get('/users/USER@contoso.example?$select=id').body['id']).toBe(person.user);
  expect(codes(get('/users/nobody@contoso.example'))).toEqual([404, 'Request_ResourceNotFound']);
  const modest = delegated(person.user, [], ['User.Read']);
  expect(call(modest, 'GET', `/users/${person.user}`).status).toBe(200);
  expect(codes(call(modest, 'GET', `/users/${person.admin}`))).toEqual([403, 'Authorization_RequestDenied']);
  expect(codes(call(modest, 'GET', '/users'))).toEqual([403, 'Authorization_RequestDenied']);
});

test('the inbox is counted for an application with a mail permission only', () => {
  const { call, administrator, application } = practice();
  const url = '/users/test.mailbox@contoso.example/mailFolders/inbox?$select=totalItemCount';
  expect(call(application(['Mail.Read']), 'GET', url).body['totalItemCount']).toEqual(expect.any(Number));
  expect(codes(call(application(['Directory.Read.All']), 'GET', url))).toEqual([403, 'ErrorAccessDenied']);
  expect(codes(call(administrator, 'GET', url))).toEqual([403, 'ErrorAccessDenied']);
  expect(codes(call(application(['Mail.Read']), 'GET', '/users/guest@fabrikam.example/mailFolders/inbox'))).toEqual([
    404,
    'MailboxNotEnabledForRESTAPI',
  ]);
  expect(codes(call(application(['Mail.Read']), 'GET', '/users/nobody@contoso.example/mailFolders/inbox'))).toEqual([
    404,
    'ErrorInvalidUser',
  ]);
});
