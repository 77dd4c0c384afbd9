/** An answer that is larger than anything the services give to the calls made here. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/**
 * Bytes of one answer, counted after decompression. The largest that is ever asked for, a batch with the permissions that
 * Microsoft Graph and Exchange offer, has about two million; a few kilobytes of gzip can become gigabytes.
 */
const largestAnswer = 16 * 1024 * 1024;

/**
 * The whole answer as text (UTF-8), read piece by piece so that one without an end is given up before it fills the memory.
 *
 * @param limit bytes
 * @throws AnswerTooLarge; rejects as the body does when the connection drops
 */
export async function readText(response: Response, limit = largestAnswer): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      // Not waited for: a body that never ends may not end its cancellation either.
      reader.cancel().catch(() => {});
      throw new AnswerTooLarge(`the answer is larger than ${Math.round(limit / 1024 / 1024)} MB`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
