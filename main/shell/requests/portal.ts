import { clouds } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import { serverById } from '../../servers/index.ts';
import type { CredentialRecord } from '../../credential/index.ts';

export type PortalPage = 'overview' | 'certificates' | 'authentication' | 'permissions' | 'consent' | 'sign-out';

/** Blades of the Microsoft Entra admin center; `consent` is the admin consent endpoint of the identity platform, `sign-out` its page that ends the session in the browser. */
const blades: Readonly<Record<Exclude<PortalPage, 'consent' | 'sign-out'>, string>> = {
  overview: 'Overview',
  certificates: 'Credentials',
  authentication: 'Authentication',
  permissions: 'CallAnAPI',
};

/** @throws Fault('removal.not-registered') while the credential has no application; Fault('window.request-malformed') for a page of an admin center whose address is not known */
export function portalAddress(
  { cloud, clientId, tenantId, name }: Pick<CredentialRecord, 'cloud' | 'clientId' | 'tenantId' | 'name'>,
  page: PortalPage,
): string {
  if (clientId === null) throw new Fault('removal.not-registered', { params: { name } });
  const { authority, portal } = clouds[cloud];
  if (page === 'sign-out') return `${authority}/${tenantId}/oauth2/v2.0/logout`;
  if (page === 'consent') return `${authority}/${tenantId}/adminconsent?client_id=${clientId}`;
  // The window offers none of these pages there.
  if (portal === null) throw new Fault('window.request-malformed', { params: { channel: 'portal:open', detail: cloud } });
  return `${portal}/${tenantId}#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${blades[page]}/appId/${clientId}`;
}

/** Page of a step of the server's sheet. @throws Fault('window.request-malformed') where that step has none */
export function stepLink({ server }: Pick<CredentialRecord, 'server'>, id: string): string {
  const step = serverById(server.id)?.sheet.find((each) => each.id === id);
  if (step === undefined || 'part' in step || step.link === null)
    throw new Fault('window.request-malformed', { params: { channel: 'sheet:open', detail: id } });
  return step.link;
}
