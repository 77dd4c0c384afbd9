import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from '../faults.ts';
import type { PracticeState } from './world.ts';

const objects = z.array(z.looseObject({ id: z.string() }));

/** Checks what the rules rely on; the objects themselves are Graph's and were written by the practice tenant. */
const schema = z.object({
  version: z.literal(1),
  tenants: z
    .array(
      z.looseObject({
        id: z.string(),
        displayName: z.string(),
        domains: z.array(z.string()).min(1),
        accounts: z.array(
          z.looseObject({ upn: z.string(), objectId: z.string(), role: z.string(), wids: z.array(z.string()), trait: z.string() }),
        ),
        users: objects,
        applications: objects,
        servicePrincipals: objects,
        deletedApplications: objects,
        deletedServicePrincipals: objects,
        appRoleAssignments: objects,
        oauth2PermissionGrants: objects,
        defaultAppManagementPolicy: z.looseObject({}),
        applicationPolicies: z.record(z.string(), z.unknown()),
        consents: z.record(z.string(), z.array(z.string())),
        unreplicated: z.array(z.looseObject({ id: z.string(), collection: z.string(), alwaysFrom: z.number() })).optional(),
      }),
    )
    .min(1),
  replicatedAt: z.record(z.string(), z.number()),
  inTokensAt: z.record(z.string(), z.number()),
});

const isPracticeState = (value: unknown): value is PracticeState => schema.safeParse(value).success;

/**
 * The saved world; null when nothing was saved yet.
 *
 * @throws Fault practice.state-unreadable
 */
export function loadState(path: string): PracticeState | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Fault('practice.state-unreadable', { params: { path, detail: String(error) }, cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault('practice.state-unreadable', { params: { path, detail: String(error) }, cause: error });
  }
  if (isPracticeState(value)) return value;
  const problem = schema.safeParse(value).error?.issues[0];
  throw new Fault('practice.state-unreadable', {
    params: { path, detail: `${problem?.path.join('.') ?? ''} ${problem?.message ?? ''}`.trim() },
  });
}

/** Saves the world as a whole: a reader sees the old file or the new one, never half of one. */
export function saveState(path: string, state: PracticeState): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    throw new Fault('practice.state-unwritable', { params: { path, detail: String(error) }, cause: error });
  }
}
