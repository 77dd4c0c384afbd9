import type { StoredApplication } from '../world.ts';
import { EntraRefusal } from './refusal.ts';

export interface FoundKey {
  /** Upper-case hex, SHA-1 or SHA-256 as the assertion named it. */
  readonly thumbprint: string;
  readonly start: Date;
  readonly end: Date;
}

const invalidClient = (number: number, text: string) => new EntraRefusal({ error: 'invalid_client', number, text, status: 401 });
const documentation = 'Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials';

/** `11/24/2026 10:00:00`, the way Entra writes key dates. */
const keyDate = (date: Date): string => {
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  return `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)} ${time}`;
};

const configured = ({ appId }: StoredApplication): string =>
  `Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${appId}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/${appId}'`;

const found = ({ thumbprint, start, end }: FoundKey): string =>
  `Thumbprint of key used by client: '${thumbprint}', Found key 'Start=${keyDate(start)}, End=${keyDate(end)}'`;

/** Entra's refusals of client assertions, in its own words (answers of the service as published in issue reports). */
export const assertionRefusals = {
  missing: () => invalidClient(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
  secretRefused: (appId: string) =>
    invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
    ),
  secretExpired: (appId: string) =>
    invalidClient(
      7000222,
      `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    ),
  ofPublicClient: () => invalidClient(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
  malformed: () => invalidClient(50027, 'JWT token is invalid or malformed.'),
  thumbprintMissing: () => invalidClient(50027, 'JWT token is invalid or malformed. No certificate thumbprint specified in token header.'),
  unsupportedKey: () => invalidClient(5002730, 'Invalid JWT token. Unsupported key for the signing algorithm.'),
  otherApplication: () => invalidClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter."),
  otherAudience: () => invalidClient(700023, `Client assertion audience claim does not match Realm issuer. ${documentation}.`),
  outsideTimes: (nbf: number, exp: number, now: Date) =>
    invalidClient(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ${new Date(nbf * 1000).toISOString()}, expiry time of assertion ${new Date(exp * 1000).toISOString()}. ${documentation} .`,
    ),
  noKeys: () => invalidClient(700026, 'Client application has no configured keys.'),
  keyNotFound: (thumbprint: string, application: StoredApplication) =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', ${configured(application)}]. Alternatively, SNI may be configured on the app. Please ensure that client assertion is being sent with the x5c claim in the JWT header using MSAL's WithSendX5C() method so that Azure Active Directory can validate the certificate being used.`,
    ),
  signatureInvalid: (key: FoundKey, application: StoredApplication) =>
    invalidClient(
      700027,
      `Client assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value., ${found(key)}, ${configured(application)}].`,
    ),
  keyExpired: (key: FoundKey, application: StoredApplication) =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is expired on application. [Reason - The key used is expired., ${found(key)}, ${configured(application)}].`,
    ),
} as const;
