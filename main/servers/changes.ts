import { z } from 'zod';
import file from '../../assets/changes.json' with { type: 'json' };
import { resourceAppIds } from '../clouds/index.ts';
import type { ProfileReference } from './profile.ts';

const shape = z.array(
  z.strictObject({
    id: z.enum(['smtp-basic', 'ews-blocked', 'ews-gone', 'user-consent', 'user-consent-contacts', 'mandatory-mfa', 'sovereign-clouds']),
    date: z.iso.date(),
    source: z.strictObject({ page: z.string().min(1), date: z.string().regex(/^\d{4}(-\d{2}){0,2}$/) }),
    touches: z.array(z.strictObject({ api: z.enum(['graph', 'exchange']), value: z.string().min(1) })),
  }),
);

/**
 * A dated change at Microsoft, and the permissions that no longer work as they did from then on: none where nothing that is set up from
 * here is touched. Where only the month was announced, the date is its last day.
 */
export type DatedChange = z.infer<typeof shape>[number];

/** Every change that is known, the first to come first. */
export const datedChanges = (): readonly DatedChange[] => shape.parse(file).toSorted((one, other) => one.date.localeCompare(other.date));

/** Whether a profile has a permission that a change touches. */
export const isTouched = ({ permissions }: Pick<ProfileReference, 'permissions'>, { touches }: DatedChange): boolean =>
  touches.some(({ api, value }) =>
    permissions.some((each) => each.type === 'Role' && each.value === value && each.resourceAppId === resourceAppIds[api]),
  );
