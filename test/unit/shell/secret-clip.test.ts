import { expect, it } from 'vitest';
import { secretClip } from '../../../main/shell/secret-clip.ts';

it('a secret on the clipboard carries the mark by which its history leaves it out', () => {
  expect(secretClip('secret', 'win32')).toEqual({
    'text/plain': 'secret',
    'electron application/osclipboard;format="ExcludeClipboardContentFromMonitorProcessing"': '1',
  });
  expect(secretClip('secret', 'linux')).toEqual({
    'text/plain': 'secret',
    'electron application/osclipboard;format="x-kde-passwordManagerHint"': 'secret',
  });
  expect(secretClip('secret', 'darwin')).toEqual({ 'text/plain': 'secret' });
});
