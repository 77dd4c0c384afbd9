import { expect, test } from 'vitest';
import { connectArgs, workplace } from './command-line.ts';

const place = workplace();

const consents = () =>
  place()
    .server.world.state.tenants[0]?.oauth2PermissionGrants.map(({ scope }) => scope)
    .join(' ') ?? '';

test('connect --leave-no-consent takes back what it added to the consent of the client that signs in, and says so', async () => {
  const { code, stderr } = await place().cli('leaving', ...connectArgs('leaving', '--leave-no-consent'));
  expect(code).toBe(0);
  expect(stderr).toContain('Taken back from the consent of the sign-in client: AppRoleAssignment.ReadWrite.All, Application.ReadWrite.All');
  // The consent to read was given at the sign-in itself, before anybody could see what was there.
  expect(consents()).toContain('Application.Read.All');
  expect(consents()).not.toContain('ReadWrite');

  // What was there before stays: another run without the option has left it, and this one added nothing.
  expect((await place().json('staying', ...connectArgs('staying'))).code).toBe(0);
  expect(consents()).toContain('Application.ReadWrite.All');
  expect((await place().json('again', ...connectArgs('again', '--leave-no-consent'))).code).toBe(0);
  expect(consents()).toContain('Application.ReadWrite.All');
});
