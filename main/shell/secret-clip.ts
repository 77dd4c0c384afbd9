/** How Electron names a format of the system's own. */
const systemFormat = (name: string) => `electron application/osclipboard;format="${name}"`;

/**
 * What goes to the clipboard for a secret: its text, and beside it the mark by which the system's clipboard history and other
 * programs that collect copies leave it out. Windows: "Clipboard Formats", section Cloud Clipboard and Clipboard History
 * Formats; any content will do. KDE: the mark of password managers.
 *
 * @returns contents by type
 */
export function secretClip(text: string, platform: NodeJS.Platform): Record<string, string> {
  const plain = { 'text/plain': text };
  if (platform === 'win32') return { ...plain, [systemFormat('ExcludeClipboardContentFromMonitorProcessing')]: '1' };
  if (platform === 'linux') return { ...plain, [systemFormat('x-kde-passwordManagerHint')]: 'secret' };
  return plain;
}
