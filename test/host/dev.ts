import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from './chromium.ts';
import { hasDisplay } from './display.ts';
import { electronProgram, root } from './electron-program.ts';

/**
 * `npm run dev -- [arguments of the window]`: the window on simulated tenants, in Electron or else in an installed browser.
 * What is changed in `renderer` is built and the page loaded again; after a change in `main` or `preload` the window
 * starts anew. `-- --real` opens it on the real clouds.
 */
const given = process.argv.slice(2);
const args = given.includes('--real') ? given.filter((each) => each !== '--real') : ['--practice', ...given];

/** One line of `build.ts --watch`. */
interface Built {
  readonly name: string;
  readonly error?: string;
  readonly milliseconds?: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const electron = electronProgram();
if (electron === null && (findChromium() === null || !hasDisplay())) {
  console.error(
    'There is nothing to show the window in: it takes Electron’s program or an installed Chromium, Chrome or Edge, and a display.',
  );
  process.exit(1);
}
const port = await freePort();
const [program, before] =
  electron === null ? [process.execPath, [join(import.meta.dirname, 'run.ts')]] : ([electron, []] as [string, string[]]);
const behind = electron === null ? args : [root, ...args];

let shown: ChildProcess | null = null;
/** A window that is ended because it starts anew ends nothing else. */
let restarting = Promise.resolve();

function show(): void {
  const child = spawn(program, [...before, `--remote-debugging-port=${port}`, ...behind], { cwd: root, stdio: 'inherit' });
  shown = child;
  child.once('exit', () => {
    if (shown === child) end();
  });
}

async function startAnew(): Promise<void> {
  const child = shown;
  shown = null;
  if (child !== null && child.exitCode === null) {
    child.kill();
    await once(child, 'exit');
  }
  show();
}

/** By the DevTools protocol itself, so that nothing of the page is touched but this. */
async function loadAgain(): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  for (const { type, webSocketDebuggerUrl } of (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[]) {
    if (type !== 'page') continue;
    const socket = new WebSocket(webSocketDebuggerUrl);
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 1, method: 'Page.reload' }));
    await once(socket, 'message');
    socket.close();
  }
}

const builder = spawn(process.execPath, [join(root, 'build.ts'), '--watch'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
function end(): void {
  builder.kill();
  shown?.kill();
}
process.once('SIGINT', end);
process.once('SIGTERM', end);

const missing = new Set(['main', 'pfx-worker', 'preload', 'renderer']);
let soon: NodeJS.Timeout | undefined;
createInterface({ input: builder.stdout }).on('line', (line) => {
  const { name, error, milliseconds } = JSON.parse(line) as Built;
  if (error !== undefined) {
    console.error(`${name}: ${error}`);
    return;
  }
  console.log(`${name} built in ${milliseconds} ms`);
  if (missing.size > 0) {
    missing.delete(name);
    if (missing.size === 0) show();
    return;
  }
  if (name === 'renderer') loadAgain().catch((fault: Error) => console.error(`The page was not loaded again: ${fault.message}`));
  else {
    // One change may touch several bundles.
    clearTimeout(soon);
    soon = setTimeout(() => {
      restarting = restarting.then(startAnew);
    }, 200);
  }
});
