import { z } from 'zod';
import type { CloudId } from '../../clouds/index.ts';
import { shaped } from '../../directory/index.ts';
import type { Engine, Run } from '../engine.ts';
import { signInAdministrator } from '../run/administrator.ts';
import { inTenant } from '../run/graph-faults.ts';

/** An application permission that a service principal of the tenant offers. */
export interface OfferedPermission {
  readonly resourceAppId: string;
  /** Display name of the service principal. */
  readonly resource: string;
  readonly value: string;
  readonly displayName: string;
}

const shape = z.array(
  z.object({
    appId: z.string(),
    displayName: z.string().nullish(),
    appRoles: z
      .array(
        z.object({
          value: z.string().nullish(),
          displayName: z.string().nullish(),
          isEnabled: z.boolean().nullish(),
          allowedMemberTypes: z.array(z.string()).nullish(),
        }),
      )
      .nullish(),
  }),
);

/** Every word of the search stands in API, value or name, in any case. */
const fits = ({ resource, value, displayName }: OfferedPermission, words: readonly string[]): boolean => {
  const text = `${resource} ${value} ${displayName}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/**
 * What the service principals of a tenant offer to applications, by name: somebody signs in, and nothing is written.
 *
 * @param search words; empty: all
 * @returns by API, then by value
 * @throws Fault sign-in.*, service.*, policy.cloud, interrupted
 */
export async function findPermissions(engine: Engine, cloud: CloudId, search: string, run: Run): Promise<OfferedPermission[]> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const administrator = await signInAdministrator(engine, engine.connect(cloud), cloud, run, run.tenant);
  try {
    const path = '/servicePrincipals?$select=appId,displayName,appRoles';
    const read = await inTenant({ step: 'permissions' }, () => administrator.reader.readAll(path, run.signal));
    return shaped(shape, read)
      .flatMap(({ appId, displayName: name, appRoles }) =>
        (appRoles ?? []).flatMap(({ value, displayName, isEnabled, allowedMemberTypes }): OfferedPermission[] =>
          value && isEnabled !== false && allowedMemberTypes?.includes('Application') === true
            ? [{ resourceAppId: appId, resource: name ?? appId, value, displayName: displayName ?? value }]
            : [],
        ),
      )
      .filter((permission) => fits(permission, words))
      .toSorted((one, other) => one.resource.localeCompare(other.resource, 'en') || one.value.localeCompare(other.value, 'en'));
  } finally {
    await administrator.session.forget();
    const { username, tenantId } = administrator.session;
    run.onProgress({ kind: 'signed-out', username, tenantId, cloud });
  }
}
