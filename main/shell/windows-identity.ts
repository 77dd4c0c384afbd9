import { app } from 'electron';

/** What Windows knows the program by: the id of its shortcuts (electron-builder.yml, `appId`). */
const applicationId = 'com.tenantkeyring.app';

/**
 * The COM class that Windows starts when somebody follows a notification. Fixed for ever, so that the uninstaller can remove
 * it (assets/installer/installer.nsh). Unset, Electron makes a new one at every start and leaves each in the registry
 * (electron/electron, shell/common/application_info_win.cc, GetAppToastActivatorCLSID).
 */
export const toastActivator = '{B6B4DF07-9D04-4BE9-8773-8B98E6211479}';

type Environment = Readonly<Record<string, string | undefined>>;

/** The file that was started, where this is the portable program: it unpacks itself into a folder that goes with it. */
export const portableFile = (env: Environment = process.env): string | undefined => env['PORTABLE_EXECUTABLE_FILE'];

/**
 * Whether the desktop may be told anything: the first question for it already writes a Start-menu entry and the COM class
 * (electron/electron, shell/browser/notifications/win/notification_presenter_win.cc, RegisterActivator), both of which would
 * lead into the portable program's folder when that is gone.
 */
export const mayNotify = (env: Environment = process.env): boolean => portableFile(env) === undefined;

/** Before the first notification. */
export function declareIdentity(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32') return;
  // Windows shows notifications only of a program that it knows.
  app.setAppUserModelId(applicationId);
  app.setToastActivatorCLSID(toastActivator);
}
