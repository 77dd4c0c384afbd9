import { spawn } from 'node:child_process';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

/** The command that opens an address in the person's own browser. */
function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return [platform === 'darwin' ? 'open' : 'xdg-open'];
}

/** Opens the system browser; the address is printed too, for another browser profile or another device. */
export async function openInBrowser(address: string, io: CommandLineIo, texts: Texts): Promise<void> {
  io.err(`${texts.t('cli.sign-in-address')}\n${address}\n`);
  const [command, ...args] = opener(io.platform);
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  // No browser here: the printed address is the way.
  child.on('error', () => undefined);
  child.unref();
  await Promise.resolve();
}
