import { windowsCommandLine } from './windows-command-line.ts';

/**
 * How the task signs in. Both reach the user's profile and keychain. Left out on purpose: S4U, which has no access to
 * stored credentials (Windows error 1312), and service accounts such as SYSTEM, which have another profile.
 */
export type TaskLogon = 'InteractiveToken' | 'Password';

export interface TaskAction {
  /** Full path. */
  readonly program: string;
  readonly args: readonly string[];
}

export interface TaskDefinition {
  /** `DOMAIN\user`. */
  readonly account: string;
  readonly logon: TaskLogon;
  /** Local time of day, `HH:MM`. */
  readonly at: string;
  readonly firstDay: Date;
  readonly description: string;
  /** One after the other, each whatever became of the one before. */
  readonly actions: readonly TaskAction[];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text of an element, in one line; what XML 1.0 cannot hold (section 2.2) is left out. */
function text(value: string): string {
  return (
    value
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- these are the ones
      .replaceAll(/[\u0000-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll(/[&<>"']/g, (each) => entities[each] ?? '')
      // Readers of XML 1.1 (section 2.11) make a line feed of them, unless they are references.
      .replaceAll(/[\u0085\u2028]/g, (each) => `&#${each.charCodeAt(0)};`)
  );
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Without a zone: local time, also after the clocks change. */
function startBoundary(day: Date, at: string): string {
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}T${at}:00`;
}

/** A logon catches up with the days on which nobody was there; only a task that waits for the person needs it. */
function logonTrigger({ account, logon }: TaskDefinition): string {
  if (logon === 'Password') return '';
  return `
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${text(account)}</UserId>
      <Delay>PT5M</Delay>
    </LogonTrigger>`;
}

const exec = ({ program, args }: TaskAction): string => `
    <Exec>
      <Command>${text(program)}</Command>
      <Arguments>${text(windowsCommandLine(args))}</Arguments>
    </Exec>`;

/** The task in the language of Task Scheduler 2.0 ("Task Scheduler Schema", Microsoft Learn), elements in its order. */
export function taskXml(definition: TaskDefinition): string {
  const { account, logon, at, firstDay, description, actions } = definition;
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>Tenant Keyring</Author>
    <Description>${text(description)}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>${startBoundary(firstDay, at)}</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>${logonTrigger(definition)}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${text(account)}</UserId>
      <LogonType>${logon}</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">${actions.map(exec).join('')}
  </Actions>
</Task>
`.replaceAll('\n', '\r\n');
}

/** What `schtasks /XML` reads: UTF-16LE with a byte order mark. */
export function taskFile(definition: TaskDefinition): Uint8Array {
  return Buffer.from(`\uFEFF${taskXml(definition)}`, 'utf16le');
}
