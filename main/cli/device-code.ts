import type { DeviceCode } from '../registration/code-instead.ts';
import type { Texts } from '../texts/index.ts';
import type { CommandLineIo } from './io.ts';

/** Prints where which code is to be typed, on standard error: it stays to be read while the sign-in is waited for. */
export function printCode({ userCode, verificationUri, expiresIn }: DeviceCode, io: CommandLineIo, { t }: Texts): void {
  const text = `${t('cli.device-code', { minutes: Math.floor(expiresIn / 60) })}\n  ${verificationUri}\n  ${userCode}\n`;
  io.err(text);
  io.showApart?.(text);
}
