import { z } from 'zod';
import { Fault } from '../faults.ts';
import { readAtMost, textOf } from '../files/index.ts';

const guid = z.guid().toLowerCase();

const about = {
  version: z.literal(1),
  tenantId: guid,
  at: z.iso.datetime({ offset: true, precision: null }).transform((at) => new Date(at).toISOString()),
  /** With -WhatIf nothing was changed, and `after` is as `before`. */
  whatIf: z.boolean(),
};

const application = { appId: guid, objectId: guid };
const principal = z.object(application).nullable();
const beforeAndAfter = <T extends z.ZodType>(state: T) => ({ before: state, after: state });

const allowList = z.object({
  ...about,
  // The first scripts did not say what they are.
  kind: z.literal('allow-list').default('allow-list'),
  appId: guid,
  ...beforeAndAfter(z.object({ ewsEnabled: z.boolean().nullable(), ewsAllowedAppIds: z.array(guid) })),
});

const imap = z.object({
  ...about,
  kind: z.literal('imap'),
  ...application,
  ...beforeAndAfter(
    z.object({
      servicePrincipal: principal,
      mailboxes: z.array(z.object({ address: z.string(), found: z.boolean(), fullAccess: z.boolean(), imapEnabled: z.boolean() })),
    }),
  ),
});

const rbac = z.object({
  ...about,
  kind: z.literal('rbac'),
  ...application,
  filter: z.string(),
  ...beforeAndAfter(
    z.object({
      servicePrincipal: principal,
      scope: z.object({ name: z.string(), filter: z.string() }).nullable(),
      assigned: z.array(z.string()),
      held: z.array(z.object({ role: z.string(), scope: z.string() })),
    }),
  ),
});

const losses = z.object({
  ...about,
  kind: z.literal('losses'),
  archives: z.array(z.string()),
  publicFolders: z.int().nonnegative(),
  withoutImap: z.array(z.string()),
});

const shape = z.union([allowList, imap, rbac, losses]);

/** What a script for an Exchange administrator has written. */
export type ExchangeResult = z.infer<typeof shape>;
export type ExchangeStepKind = ExchangeResult['kind'];
export type ExchangeLosses = z.infer<typeof losses>;

/** The switch of one tenant and its list, as its own administrator has read them. */
export interface EwsSwitch {
  readonly tenantId: string;
  readonly enabled: boolean | null;
  /** Null where nobody is listed. */
  readonly allowed: readonly string[] | null;
  /** When it was read, ISO 8601 UTC. */
  readonly source: string;
}

/** In bytes; a mailbox is some hundred of them, twice. */
const largest = 16 * 1024 * 1024;

/**
 * Reads the JSON that a script for an Exchange administrator has written, in UTF-8 or UTF-16.
 *
 * @throws Fault track.file-unreadable, track.file-too-large, ews.result-unreadable
 */
export async function readExchangeResult(path: string): Promise<ExchangeResult> {
  const bytes = await readAtMost(path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault('track.file-unreadable', { params: { path, reason: error.code ?? error.message }, cause: error });
  });
  if (bytes === null) throw new Fault('track.file-too-large', { params: { path, limit: largest / 1024 / 1024 } });
  try {
    return shape.parse(JSON.parse(textOf(bytes)));
  } catch (error) {
    throw new Fault('ews.result-unreadable', { params: { path }, cause: error });
  }
}

/** The switch that a result tells; null where it is about something else. */
export function switchOfResult(result: ExchangeResult): EwsSwitch | null {
  if (result.kind !== 'allow-list') return null;
  const { tenantId, at, after } = result;
  const allowed = after.ewsAllowedAppIds.length === 0 ? null : after.ewsAllowedAppIds;
  return { tenantId, enabled: after.ewsEnabled, allowed, source: at };
}
