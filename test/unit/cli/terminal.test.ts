import { expect, it } from 'vitest';
import { createTerminal } from '../../../main/cli/terminal.ts';

function screen(columns: number | null) {
  let text = '';
  const terminal = createTerminal({ write: (more) => void (text += more), columns: () => columns });
  return { terminal, written: () => text };
}

const erase = '\r\u001B[2K';

it('a passing line gives way to whatever comes next, and only once', () => {
  const { terminal, written } = screen(80);
  terminal.live('reading …');
  terminal.live('proving …');
  terminal.print('done\n');
  terminal.print('more\n');
  terminal.clear();
  expect(written()).toBe(`reading …${erase}proving …${erase}done\nmore\n`);
});

it('a passing line never wraps, or it could not be erased', () => {
  const { terminal, written } = screen(10);
  terminal.live('Waiting for replication …');
  expect(written()).toBe('Waiting f');
});

it('elsewhere than on a terminal every line stays and nothing is erased', () => {
  const { terminal, written } = screen(null);
  terminal.live('reading …');
  terminal.print('done\n');
  terminal.clear();
  expect(written()).toBe('reading …\ndone\n');
});
