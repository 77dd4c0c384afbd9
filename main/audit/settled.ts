import type { AuditEntry } from './trail.ts';

/**
 * The trail as one reads it: the newest first, and without the announcement of a write whose outcome is there too. An
 * announcement that stands alone stays: the program ended in between, so the tenant has to be read.
 *
 * @param entries in the order of writing
 */
export function settled(entries: readonly AuditEntry[]): AuditEntry[] {
  const open = new Map<string, AuditEntry[]>();
  const told = new Set<AuditEntry>();
  for (const entry of entries) {
    const key = `${entry.operation}\n${entry.credentialId}\n${entry.change}`;
    if (entry.phase === 'intent') open.set(key, [...(open.get(key) ?? []), entry]);
    else {
      const announced = open.get(key)?.shift();
      if (announced !== undefined) told.add(announced);
    }
  }
  return entries.filter((entry) => !told.has(entry)).toReversed();
}
