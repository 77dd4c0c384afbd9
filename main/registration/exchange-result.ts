import { z } from 'zod';
import { Fault } from '../faults.ts';
import { readAtMost, textOf } from '../files/index.ts';

const state = z.object({ ewsEnabled: z.boolean().nullable(), ewsAllowedAppIds: z.array(z.guid()) });

/** What the script of `allowEwsFile` has written. */
const shape = z.object({
  version: z.literal(1),
  tenantId: z.guid().toLowerCase(),
  appId: z.guid().toLowerCase(),
  at: z.iso.datetime({ offset: true, precision: null }),
  whatIf: z.boolean(),
  before: state,
  after: state,
});

/** The switch of one tenant and its list, as its own administrator has read them. */
export interface EwsSwitch {
  readonly tenantId: string;
  readonly enabled: boolean | null;
  /** Null where nobody is listed. */
  readonly allowed: readonly string[] | null;
  /** When it was read, ISO 8601 UTC. */
  readonly source: string;
}

/** In bytes; a list has some dozen ids. */
const largest = 1024 * 1024;

/**
 * Reads the JSON that the script for an Exchange administrator has written.
 *
 * @throws Fault track.file-unreadable, track.file-too-large, ews.result-unreadable
 */
export async function readEwsResult(path: string): Promise<EwsSwitch> {
  const bytes = await readAtMost(path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault('track.file-unreadable', { params: { path, reason: error.code ?? error.message }, cause: error });
  });
  if (bytes === null) throw new Fault('track.file-too-large', { params: { path, limit: largest / 1024 / 1024 } });
  try {
    const { tenantId, at, after } = shape.parse(JSON.parse(textOf(bytes)));
    const allowed = after.ewsAllowedAppIds.length === 0 ? null : after.ewsAllowedAppIds;
    return { tenantId, enabled: after.ewsEnabled, allowed, source: new Date(at).toISOString() };
  } catch (error) {
    throw new Fault('ews.result-unreadable', { params: { path }, cause: error });
  }
}
