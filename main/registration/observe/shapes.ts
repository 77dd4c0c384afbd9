import { z } from 'zod';

/**
 * What the engine reads of Graph's answers. Unknown properties are left out, missing ones become their documented
 * default (Microsoft Graph v1.0: application, servicePrincipal, organization, appManagementPolicy resource types).
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const strings = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const organizationShape = z.object({
  value: z
    .array(
      z.object({
        id: z.string(),
        displayName: text,
        verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean().nullish() })).nullish(),
      }),
    )
    .min(1),
});

export const keyCredentialShape = z.looseObject({
  keyId: z.string(),
  displayName: text,
  startDateTime: text,
  endDateTime: text,
  customKeyIdentifier: z.string().nullish(),
  key: z.string().nullish(),
});

export const applicationShape = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  uniqueName: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  signInAudience: text,
  createdDateTime: text,
  isFallbackPublicClient: z.boolean().nullish(),
  web: z
    .object({
      redirectUris: strings,
      logoutUrl: z.string().nullish(),
      implicitGrantSettings: z
        .object({ enableIdTokenIssuance: z.boolean().nullish(), enableAccessTokenIssuance: z.boolean().nullish() })
        .nullish(),
    })
    .nullish(),
  spa: z.object({ redirectUris: strings }).nullish(),
  publicClient: z.object({ redirectUris: strings }).nullish(),
  requiredResourceAccess: z
    .array(z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })) }))
    .nullish()
    .transform((value) => value ?? []),
  keyCredentials: z
    .array(keyCredentialShape)
    .nullish()
    .transform((value) => value ?? []),
});

export const applicationSelect = [
  'id',
  'appId',
  'displayName',
  'uniqueName',
  'signInAudience',
  'createdDateTime',
  'isFallbackPublicClient',
  'web',
  'spa',
  'publicClient',
  'requiredResourceAccess',
  'keyCredentials',
].join(',');

export const namedApplicationsShape = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      appId: z.string(),
      displayName: text,
      createdDateTime: text,
      uniqueName: z
        .string()
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
});

export const servicePrincipalShape = z.object({
  id: z.string(),
  accountEnabled: z.boolean().nullish(),
  appRoleAssignmentRequired: z.boolean().nullish(),
});
export const servicePrincipalSelect = 'id,appId,accountEnabled,appRoleAssignmentRequired';

export const resourceShape = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  appRoles: z
    .array(z.object({ id: z.string(), value: text, isEnabled: z.boolean().nullish(), allowedMemberTypes: strings }))
    .nullish()
    .transform((value) => value ?? []),
  oauth2PermissionScopes: z
    .array(z.object({ id: z.string(), value: text, isEnabled: z.boolean().nullish() }))
    .nullish()
    .transform((value) => value ?? []),
});
export const resourceSelect = 'id,appId,displayName,appRoles,oauth2PermissionScopes';

export const roleGrantsShape = z.object({
  value: z.array(
    z.object({ id: z.string(), appRoleId: z.string(), principalId: z.string(), resourceId: z.string(), resourceDisplayName: text }),
  ),
});

export const delegatedGrantShape = z.object({
  id: z.string(),
  clientId: z.string(),
  resourceId: z.string(),
  consentType: z.string(),
  /** Of one person's consent; null for everybody's. */
  principalId: z.string().nullish(),
  scope: text,
});
export const idShape = z.object({ id: z.string() });
export const delegatedGrantsShape = z.object({ value: z.array(delegatedGrantShape) });

export const deletedItemsShape = z.object({ value: z.array(z.object({ id: z.string(), appId: text })) });

const restrictions = z
  .object({
    keyCredentials: z
      .array(
        z.object({
          restrictionType: z.string(),
          state: z.string().nullish(),
          maxLifetime: z.string().nullish(),
          restrictForAppsCreatedAfterDateTime: z.string().nullish(),
        }),
      )
      .nullish(),
  })
  .nullish()
  .transform((value) => value?.keyCredentials ?? []);

const policy = { id: text, displayName: text, isEnabled: z.boolean().nullish() };

/** The two types of policy name their restrictions differently. */
export const tenantPolicyShape = z
  .object({ ...policy, applicationRestrictions: restrictions })
  .transform(({ applicationRestrictions, ...rest }) => ({ ...rest, restrictions: applicationRestrictions }));
export const policyShape = z.object({ ...policy, restrictions });
export const policiesShape = z.object({ value: z.array(policyShape) });
