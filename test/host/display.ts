/** Exit code of `npm start` when neither Electron nor a browser is there to show the window (sysexits.h: EX_NOINPUT). */
export const nothingToShowIt = 66;

/** Whether a window can be shown: on Linux only an X or Wayland server has a screen. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}
