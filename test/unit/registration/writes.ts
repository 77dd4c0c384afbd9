import { vi } from 'vitest';
import type { AuditEntry, AuditTrail, NewAuditEntry } from '../../../main/audit/index.ts';
import { GraphFailure, type Directory, type GraphFailureKind } from '../../../main/directory/directory.ts';
import type { WriteRun } from '../../../main/registration/apply/writes.ts';
import type { Change, PlannedChange } from '../../../main/registration/change.ts';

export const failure = (kind: GraphFailureKind, status = 400) => new GraphFailure(kind, { status, code: 'Code', message: 'Because.' });

export const toDo = (change: Change, removes = false): PlannedChange => ({ change, step: 'registration', removes });

export interface Writing {
  readonly run: WriteRun;
  /** What was asked of Microsoft Graph, in order: the name of the request and what was sent. */
  readonly asked: unknown[][];
  /** The phases in the trail, with the change each is about. */
  readonly trail: NewAuditEntry[];
  readonly ids: unknown[];
  readonly done: string[];
  readonly refused: string[];
}

/** Writes into no tenant: Microsoft Graph answers what is given, and nothing to what is not. */
export function writing(
  answers: Partial<Record<keyof Directory, (...args: never[]) => unknown>>,
  changes: Partial<WriteRun> = {},
  written = 0,
): Writing {
  const asked: unknown[][] = [];
  const trail: NewAuditEntry[] = [];
  const ids: unknown[] = [];
  const done: string[] = [];
  const refused: string[] = [];
  const directory = new Proxy({} as Directory, {
    get:
      (_, name: keyof Directory) =>
      async (...args: never[]) => {
        asked.push([name, ...args]);
        return answers[name]?.(...args);
      },
  });
  const kept: AuditTrail = {
    append: (entry, check) => {
      check?.();
      trail.push(entry);
      return entry as AuditEntry;
    },
    list: () => [],
    writesTo: () => Array.from({ length: written }, () => ({}) as AuditEntry),
  };
  const lease = { signal: new AbortController().signal, check: vi.fn<() => void>(), renew: vi.fn<() => void>() };
  return {
    asked,
    trail,
    ids,
    done,
    refused,
    run: {
      directory,
      record: { trail: kept, lease, operation: 'run', credentialId: 'credential', tenantId: 't', actor: 'admin@contoso.example' },
      readApplication: () => Promise.reject(new Error('nobody reads the application')),
      readOtherKeys: () => Promise.resolve(null),
      readGrant: () => Promise.reject(new Error('nobody reads a grant')),
      planFor: () => [],
      known: { clientId: 'client', objectId: 'object', servicePrincipalId: 'sp' },
      ownKeys: () => Promise.resolve(null),
      onIds: (learned) => void ids.push(learned),
      onDone: (finished) => void done.push(...finished.map(({ change }) => change.change)),
      onRefused: ({ change }) => void refused.push(change.change),
      ...changes,
    },
  };
}
