import { clouds } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord } from '../../credential/index.ts';

export type PortalPage = 'overview' | 'certificates' | 'authentication' | 'permissions' | 'consent';

/** Blades of the Microsoft Entra admin center; `consent` is the admin consent endpoint of the identity platform. */
const blades: Readonly<Record<Exclude<PortalPage, 'consent'>, string>> = {
  overview: 'Overview',
  certificates: 'Credentials',
  authentication: 'Authentication',
  permissions: 'CallAnAPI',
};

/** @throws Fault('removal.not-registered') while the credential has no application */
export function portalAddress({ cloud, clientId, tenantId, name }: CredentialRecord, page: PortalPage): string {
  if (clientId === null) throw new Fault('removal.not-registered', { params: { name } });
  const { authority, portal } = clouds[cloud];
  if (page === 'consent') return `${authority}/${tenantId}/adminconsent?client_id=${clientId}`;
  return `${portal}/${tenantId}#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${blades[page]}/appId/${clientId}`;
}
