import { once } from 'node:events';
import type { PracticeDescription } from '../../main/practice/index.ts';
import { nextMessage, startProgram } from './child-process.ts';
import type { CopiedRegistration, PracticeCommand, PracticeSetup, PublishedKeys } from './programs/practice.ts';

/** Practice tenants in a process of their own: what Microsoft would do costs the measured process nothing. */
export interface PracticeTenants {
  readonly description: PracticeDescription;
  /** Copies the registration of this application into every other tenant, with ids of its own in each. */
  copyRegistration(clientId: string): Promise<readonly CopiedRegistration[]>;
  /** From now on every answer of Entra for this tenant takes so many milliseconds longer. */
  slowDown(tenantId: string, ms: number): Promise<void>;
  /** What is published in every tenant now. */
  publishedKeys(): Promise<readonly PublishedKeys[]>;
  stop(): Promise<void>;
}

export async function startPracticeTenants(setup: PracticeSetup): Promise<PracticeTenants> {
  const child = startProgram('practice.ts', setup);
  const description = await nextMessage<PracticeDescription>(child);
  const ask = async <T>(command: PracticeCommand): Promise<T> => {
    child.send(command);
    return nextMessage<T>(child);
  };
  return {
    description,
    copyRegistration: (clientId) => ask({ command: 'copy', clientId }),
    slowDown: (tenantId, ms) => ask({ command: 'slow', tenantId, ms }),
    publishedKeys: () => ask({ command: 'keys' }),
    stop: async () => {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
