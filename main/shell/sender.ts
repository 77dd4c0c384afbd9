import { appOrigin } from './served-files.ts';

/** What Electron says about who sent a message, as far as it is validated. */
export interface MessageSender {
  readonly sender: { readonly id: number };
  /** Null when the frame is already gone, or has gone elsewhere. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/** Our window, its top frame, our origin; a frame that is gone is nobody. @param windowId of our window's contents; null without a window */
export function isTrusted({ sender, senderFrame }: MessageSender, windowId: number | null): boolean {
  if (windowId === null || senderFrame === null) return false;
  return sender.id === windowId && senderFrame.parent === null && senderFrame.origin === appOrigin;
}
