import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';

vi.mock('electron', () => ({ app: {}, dialog: {}, session: {} }));
const { leadsNowhere } = await import('../../../main/shell/command-line.ts');
const { printCode } = await import('../../../main/cli/device-code.ts');
const { createTexts } = await import('../../../main/texts/index.ts');

it('knows an output that leads nowhere from one that leads to a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stream = openSync(join(folder, 'output'), 'w');
  expect(leadsNowhere(stream)).toBe(false);
  closeSync(stream);
  expect(leadsNowhere(stream)).toBe(true);
});

it('shows a device code apart where standard error leads nowhere', () => {
  const code = { userCode: 'ABCD-EFGH', verificationUri: 'https://microsoft.com/devicelogin', expiresIn: 900, message: '' };
  const err = vi.fn<(text: string) => void>();
  const showApart = vi.fn<(text: string) => void>();
  const io = { err, showApart } as unknown as Parameters<typeof printCode>[1];
  printCode(code, io, createTexts('en'));
  for (const shown of [err, showApart]) expect(shown).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/devicelogin[^]*ABCD-EFGH/));
});
