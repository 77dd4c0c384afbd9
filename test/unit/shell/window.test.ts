import type { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';

const calls = vi.hoisted((): string[] => []);
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return {
    app: { isPackaged: false },
    nativeTheme: {},
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    BrowserWindow: class extends Emitter {
      maximize = () => void calls.push('maximize');
      show = () => void calls.push('show');
    },
  };
});
const { openWindow } = await import('../../../main/shell/window.ts');

it('is maximised and shown only when its page can be painted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const boundsFile = join(folder, 'bounds.json');
  writeFileSync(boundsFile, JSON.stringify({ x: 0, y: 0, width: 900, height: 700, maximized: true }));
  const window: EventEmitter = openWindow({ title: '', preload: '', boundsFile });
  expect(calls).toEqual([]);
  window.emit('ready-to-show');
  expect(calls).toEqual(['maximize', 'show']);
});
