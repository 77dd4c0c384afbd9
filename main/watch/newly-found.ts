import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeNewFile } from '../files/index.ts';
import type { Log } from '../log/index.ts';
import type { ServerFinding } from './server-findings.ts';

const toldSchema = z.array(z.string());

/** What makes it another finding: days that pass and runs that go on failing do not. */
const nameOf = ({ finding, server, instance, name, params, fault }: ServerFinding): string =>
  JSON.stringify([finding, server, instance, name, params['thumbprint'] ?? fault?.code ?? null]);

async function readTold(file: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(toldSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch {
    return new Set();
  }
}

/**
 * The findings that nobody was told of, and remembers that they now are. One that is over and comes again is new.
 *
 * @param file where it is remembered
 */
export async function newlyFound(findings: readonly ServerFinding[], file: string, log: Log): Promise<readonly ServerFinding[]> {
  const told = await readTold(file);
  const fresh = findings.filter((each) => !told.has(nameOf(each)));
  const now = findings.map(nameOf);
  if (fresh.length === 0 && now.length === told.size) return [];
  try {
    await writeNewFile(file, Buffer.from(`${JSON.stringify(now)}\n`), { force: true });
  } catch (error) {
    // Told twice is better than not at all.
    log.warn('watch.findings-not-remembered', { cause: error });
  }
  return fresh;
}
