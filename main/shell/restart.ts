import { app } from 'electron';
import { portableFile } from './windows-identity.ts';

/**
 * Ends the program and starts it again. The portable one from the file that unpacks it: the folder it runs in is gone by
 * then. Electron passes no argument on where another path is given (electron/electron, shell/browser/api/electron_api_app.cc,
 * App::Relaunch).
 */
export function restart(): void {
  const file = portableFile();
  app.relaunch(file === undefined ? undefined : { execPath: file, args: process.argv.slice(1) });
  app.quit();
}
