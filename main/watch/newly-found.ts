import { z } from 'zod';
import type { Log } from '../log/index.ts';
import { recall, remember } from './remembered.ts';
import type { ServerFinding } from './server-findings.ts';

const toldSchema = z.array(z.string());

/** What makes it another finding: days that pass and runs that go on failing do not. */
const nameOf = ({ finding, server, instance, name, params, fault }: ServerFinding): string =>
  JSON.stringify([finding, server, instance, name, params['thumbprint'] ?? fault?.code ?? null]);

/**
 * The findings that nobody was told of, and remembers that they now are. One that is over and comes again is new.
 *
 * @param file where it is remembered
 */
export async function newlyFound(findings: readonly ServerFinding[], file: string, log: Log): Promise<readonly ServerFinding[]> {
  const told = new Set(await recall(file, toldSchema, []));
  const fresh = findings.filter((each) => !told.has(nameOf(each)));
  const now = findings.map(nameOf);
  if (fresh.length === 0 && now.length === told.size) return [];
  await remember(file, now, log, 'watch.findings-not-remembered');
  return fresh;
}
