import { z } from 'zod';
import type { ProfilePermission, ProfileReference } from './profile.ts';

/** A permission profile as data: named, versioned, each permission with its reason. */
export interface Profile extends ProfileReference {
  /** True while nobody has checked the names against the server maker's own documentation. */
  readonly unconfirmed: boolean;
}

const permission = z.strictObject({
  resourceAppId: z.guid(),
  type: z.enum(['Role', 'Scope']),
  /** Claim values of Microsoft Entra ID: letters, digits, dot, hyphen and underscore. */
  value: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/),
  step: z.string().regex(/^G\d{1,2}b?$/),
  why: z.string().min(1).max(500),
}) satisfies z.ZodType<ProfilePermission>;

/** The form of the shipped lists. */
export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  version: z.int().min(1),
  unconfirmed: z.boolean().default(false),
  permissions: z
    .array(permission)
    .min(1)
    .max(50)
    .refine(
      (list) => new Set(list.map((each) => `${each.resourceAppId} ${each.type} ${each.value}`)).size === list.length,
      'a permission stands twice',
    ),
});

/** An administrator's own list. What `profiles --json` prints besides may stay in a copy of it; it says nothing here. */
export const ownProfileSchema = profileSchema
  .extend({ name: z.string(), description: z.string(), notices: z.array(z.string()) })
  .partial({ name: true, description: true, notices: true })
  .transform(({ id, version, unconfirmed, permissions }): Profile => ({ id, version, unconfirmed, permissions }));
