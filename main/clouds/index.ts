/**
 * The one table of Microsoft clouds. Hosts of identity and Graph: Microsoft Graph documentation, "National cloud
 * deployments", and msal-common's own list; Exchange resources are the audience of an app-only Exchange token. Bleu (France) and
 * Delos (Germany): hosts from Microsoft's CSS-Exchange, `Get-CloudServiceEndpoint` (April 2026), the sign-in hosts from
 * msal-common as well; Exchange Online PowerShell from Microsoft365DSC, `MSCloudLoginAssistant`. Nobody has tried them from here.
 */
export const cloudIds = ['global', 'gcch', 'dod', 'china', 'bleu', 'delos'] as const;
export type CloudId = (typeof cloudIds)[number];

export interface Cloud {
  readonly id: CloudId;
  /** Origin of Microsoft Entra ID, without trailing slash. */
  readonly authority: string;
  /** Origin of Microsoft Graph, without trailing slash and version. */
  readonly graph: string;
  /** Origin that is the resource of an app-only Exchange Online token (`<exchange>/.default`). */
  readonly exchange: string;
  /** Origin of the Microsoft Entra admin center, for links only; null where no published source names it. */
  readonly portal: string | null;
  /** `Connect-ExchangeOnline -ExchangeEnvironmentName`; null for a cloud that has no name there and is reached by its addresses. */
  readonly exchangeEnvironment: string | null;
}

export const clouds: Readonly<Record<CloudId, Cloud>> = {
  global: {
    id: 'global',
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    exchange: 'https://outlook.office365.com',
    portal: 'https://entra.microsoft.com',
    exchangeEnvironment: 'O365Default',
  },
  gcch: {
    id: 'gcch',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    exchange: 'https://outlook.office365.us',
    portal: 'https://entra.microsoft.us',
    exchangeEnvironment: 'O365USGovGCCHigh',
  },
  dod: {
    id: 'dod',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    exchange: 'https://outlook-dod.office365.us',
    portal: 'https://entra.microsoft.us',
    exchangeEnvironment: 'O365USGovDoD',
  },
  china: {
    id: 'china',
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: 'https://partner.outlook.cn',
    portal: 'https://entra.microsoftonline.cn',
    exchangeEnvironment: 'O365China',
  },
  bleu: {
    id: 'bleu',
    authority: 'https://login.sovcloud-identity.fr',
    graph: 'https://graph.svc.sovcloud.fr',
    exchange: 'https://outlook.sovcloud.fr',
    portal: null,
    exchangeEnvironment: null,
  },
  delos: {
    id: 'delos',
    authority: 'https://login.sovcloud-identity.de',
    graph: 'https://graph.svc.sovcloud.de',
    exchange: 'https://outlook.sovcloud.de',
    portal: null,
    exchangeEnvironment: null,
  },
};

/** App ids of Microsoft's own resources, the same in every cloud. */
export const resourceAppIds = {
  graph: '00000003-0000-0000-c000-000000000000',
  exchange: '00000002-0000-0ff1-ce00-000000000000',
} as const;

/**
 * What `Connect-ExchangeOnline` needs besides an account to reach Exchange Online of a cloud, with a space in front; the empty
 * string for the cloud it reaches by itself (Exchange PowerShell reference, Connect-ExchangeOnline).
 */
export function exchangeConnection({ authority, exchange, exchangeEnvironment }: Cloud): string {
  if (exchangeEnvironment === 'O365Default') return '';
  if (exchangeEnvironment !== null) return ` -ExchangeEnvironmentName ${exchangeEnvironment}`;
  return ` -ConnectionUri '${exchange}/PowerShell-LiveID' -AzureADAuthorizationEndpointUri '${authority}/common'`;
}
