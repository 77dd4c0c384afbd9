import type { PracticeTenant, StoredApplication } from '../../world.ts';
import { isProperties } from '../call.ts';
import { badRequest, invalidValue, Refusal } from '../refusal.ts';

/** "Create application": displayName is required. "application resource type": at most 256 characters. @throws Refusal 400 */
export function requireDisplayName({ displayName }: StoredApplication): void {
  if (displayName === undefined || displayName === null || displayName.trim() === '') {
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.", {
      code: 'MissingValue',
      target: 'displayName',
    });
  }
  if (displayName.length > 256) throw invalidValue('displayName', 'Application');
}

const audiences = new Set(['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount']);

/** "application resource type", table signInAudience values. @throws Refusal 400 */
export function requireSignInAudience({ signInAudience }: StoredApplication): void {
  if (typeof signInAudience !== 'string' || !audiences.has(signInAudience)) throw invalidValue('signInAudience', 'Application');
}

/** "application resource type": description up to 1024 characters, notes as well, a tag up to 256. @throws Refusal 400 */
export function requireTextLengths({ description, notes, tags }: StoredApplication): void {
  if ((description?.length ?? 0) > 1024) throw invalidValue('description', 'Application');
  if ((notes?.length ?? 0) > 1024) throw invalidValue('notes', 'Application');
  if ((tags ?? []).some((tag) => tag.length > 256)) throw invalidValue('tags', 'Application');
}

/** "webApplication resource type", logoutUrl: an https URL, at most 255 characters. @throws Refusal 400 */
export function requireLogoutUrl({ web }: StoredApplication): void {
  const logoutUrl = web?.logoutUrl;
  if (logoutUrl === undefined || logoutUrl === null) return;
  if (logoutUrl.length > 255 || !URL.canParse(logoutUrl) || new URL(logoutUrl).protocol !== 'https:')
    throw invalidValue('web/logoutUrl', 'Application');
}

type PasswordCredential = NonNullable<StoredApplication['passwordCredentials']>[number];

/**
 * Secrets come from `addPassword` only ("Create application", "Update application", "Upsert application": setting
 * passwordCredential is not supported); those that are there can be sent back, and those left out are gone.
 *
 * @throws Refusal 400
 */
export function nextPasswordCredentials({ passwordCredentials }: StoredApplication, sent: readonly unknown[]): PasswordCredential[] {
  return sent.map((item) => {
    const keyId = isProperties(item) && typeof item['keyId'] === 'string' ? item['keyId'].toLowerCase() : '';
    const known = (passwordCredentials ?? []).find((each) => each.keyId?.toLowerCase() === keyId);
    if (known !== undefined) return known;
    throw badRequest('New password credentials must be generated with service actions.', {
      code: 'InvalidValue',
      target: 'passwordCredentials',
    });
  });
}

/**
 * An identifier URI names the application or a verified domain, and belongs to one application only (Microsoft Entra,
 * "Restrictions on identifier URIs of Microsoft Entra applications").
 *
 * @throws Refusal 400 `HostNameNotOnVerifiedDomain`, `ObjectConflict`
 */
export function requireIdentifierUris(application: StoredApplication, tenant: PracticeTenant): void {
  for (const uri of application.identifierUris ?? []) {
    if (!isOwnIdentifier(uri, application.appId, tenant)) {
      throw new Refusal(
        400,
        'HostNameNotOnVerifiedDomain',
        `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
      );
    }
    if (tenant.applications.some(({ id, identifierUris }) => id !== application.id && identifierUris?.includes(uri))) {
      throw badRequest('Another object with the same value for property identifierUris already exists.', {
        code: 'ObjectConflict',
        target: 'identifierUris',
      });
    }
  }
}

function isOwnIdentifier(uri: string, appId: string, tenant: PracticeTenant): boolean {
  const [, scheme, host = ''] = /^(api|https):\/\/([^/]+)/.exec(uri) ?? [];
  if (scheme === 'api' && (host === appId || host === tenant.id)) return true;
  return scheme !== undefined && tenant.domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
