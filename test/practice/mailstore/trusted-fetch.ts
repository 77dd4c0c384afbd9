import { request } from 'node:https';
import type { Fetch } from '../../../main/http/index.ts';

/** A host's fetch on a computer that trusts every certificate. */
export const fetch: Fetch = (address, init = {}) =>
  new Promise((resolve, reject) => {
    const body = typeof init.body === 'string' ? init.body : '';
    const headers = { ...Object.fromEntries(new Headers(init.headers)), 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(address, { method: init.method ?? 'GET', headers, rejectUnauthorized: false, agent: false }, (message) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        const answered = new Headers();
        for (const [name, value] of Object.entries(message.headers)) answered.set(name, String(value));
        const empty = message.statusCode === 204 || chunks.length === 0;
        resolve(new Response(empty ? null : Buffer.concat(chunks), { status: message.statusCode ?? 500, headers: answered }));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
