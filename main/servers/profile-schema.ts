import { z } from 'zod';
import { resourceAppIds } from '../clouds/index.ts';
import type { DescribedPermission, Profile, ProfilePermission } from './profile.ts';

const day = z.iso.date();
export const source = z.strictObject({
  page: z.string().min(1).max(300),
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is YYYY, YYYY-MM or YYYY-MM-DD'),
});

/** Claim values of Microsoft Entra ID: letters, digits, dot, hyphen and underscore. */
export const claimValue = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/);
const type = z.enum(['Role', 'Scope']);
const why = z.string().min(1).max(500);
export const profileId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const version = z.int().min(1);

const isOnce = (list: readonly ProfilePermission[]): boolean =>
  new Set(list.map((each) => `${each.resourceAppId} ${each.type} ${each.value}`)).size === list.length;

const listOf = <T extends ProfilePermission>(permission: z.ZodType<T>) =>
  z.array(permission).min(1).max(50).refine(isOnce, 'a permission stands twice');

/** An API by its short name, else by its app id. */
const api = z
  .union([z.enum(['graph', 'exchange']), z.guid('an API is graph, exchange or an app id')])
  .transform((name) => (name === 'graph' || name === 'exchange' ? resourceAppIds[name] : name));

/** Of a descriptor: each permission says where it was read. */
const described = z
  .strictObject({ api, type, value: claimValue, why, source, until: day.nullable().default(null) })
  .transform(({ api: resourceAppId, ...rest }): DescribedPermission => ({ resourceAppId, ...rest }));

export const describedProfile = z.strictObject({
  id: profileId,
  version,
  unconfirmed: z.boolean().default(false),
  checks: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).default([]),
  permissions: listOf(described),
}) satisfies z.ZodType<Profile>;

/** What is stored of a profile, and what an exported list has; the number of a guide's step, that older ones have, says nothing. */
export const storedProfile = z.strictObject({
  id: profileId,
  version,
  permissions: listOf(
    z
      .strictObject({ resourceAppId: z.guid(), type, value: claimValue, step: z.string().max(10).optional(), why })
      .transform(({ step: _step, ...rest }): ProfilePermission => rest),
  ),
});

/** Of an administrator's own list, where it may be written as `profiles --json` prints it. */
const own = z
  .strictObject({
    resourceAppId: z.guid(),
    type,
    value: claimValue,
    why,
    step: z.string().max(10).optional(),
    source: source.nullable().default(null),
    until: day.nullable().default(null),
  })
  .transform(({ step: _step, ...rest }): DescribedPermission => rest);

/** An administrator's own list. What `profiles --json` prints besides may stay in a copy of it; it says nothing here. */
export const ownProfileSchema = z
  .strictObject({
    id: profileId,
    version,
    unconfirmed: z.boolean().default(false),
    permissions: listOf(own),
    name: z.string().optional(),
    description: z.string().optional(),
    notices: z.array(z.string()).optional(),
    servers: z.array(z.string()).optional(),
    checks: z.array(z.string()).optional(),
  })
  .transform(({ id, version: number, unconfirmed, permissions }): Profile => ({
    id,
    version: number,
    unconfirmed,
    permissions,
    checks: [],
  }));
