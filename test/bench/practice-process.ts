import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface PracticeProcess {
  readonly origin: string;
  readonly tenants: readonly { readonly id: string; readonly domain: string; readonly accounts: readonly { readonly upn: string; readonly role: string }[] }[];
  stop(): Promise<void>;
}

/** A practice tenant in a process of its own, so that its work is not measured. */
export async function practiceProcess(...options: string[]): Promise<PracticeProcess> {
  const child = spawn(process.execPath, ['main/cli/index.ts', 'practice', '--replication', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  while (!text.includes('\n')) await once(child.stdout, 'data');
  const { graph, tenants } = JSON.parse(text);
  return {
    origin: graph,
    tenants,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
