import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { taskFile } from '../../main/watch/task/task-xml.ts';
import { runProgram, systemProgram } from '../../main/windows/index.ts';
import { skippedWhere, isWine } from '../system.ts';
import { scratchFolder } from '../unit/certificates/samples.ts';

const schtasks = (...args: string[]) => runProgram({ file: systemProgram(process.env, 'schtasks.exe'), args });
const account = `${process.env['USERDOMAIN'] ?? process.env['COMPUTERNAME']}\\${process.env['USERNAME']}`;

const may = skippedWhere(!isWine && process.env['CI'] !== 'true', 'it would register a task on this computer');
describe('Windows’ Task Scheduler', may, () => {
  it.each([false, true])('takes the task, also with what means something in XML and on a command line (rotating: %s)', async (rotating) => {
    const name = `Tenant Keyring test ${randomUUID()}`;
    const path = join(scratchFolder(), 'task.xml');
    const program = String.raw`C:\Program Files\Söhne & "Co"\Tenant Keyring.exe`;
    const watch = { program, args: ['--', 'cli', 'watch', '--data-dir', String.raw`D:\Größe <1>\ `] };
    const actions = rotating ? [watch, { program, args: ['--', 'cli', 'rotate', '--all-due', '--unattended'] }] : [watch];
    const definition = {
      account,
      logon: 'InteractiveToken',
      at: '07:30',
      firstDay: new Date(),
      description: 'läuft täglich',
      actions,
    } as const;
    writeFileSync(path, taskFile(definition));
    const made = await schtasks('/Create', '/TN', name, '/XML', path, '/F');
    expect(made, made.output).toMatchObject({ code: 0 });
    expect(await schtasks('/Delete', '/TN', name, '/F')).toMatchObject({ code: 0 });
  });

  it('refuses what is no task', async () => {
    const path = join(scratchFolder(), 'task.xml');
    writeFileSync(path, Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?>\r\n<Task/>', 'utf16le'));
    expect((await schtasks('/Create', '/TN', `Tenant Keyring test ${randomUUID()}`, '/XML', path, '/F')).code).not.toBe(0);
  });
});
